/** Checks that one name of an image is one image, everywhere and for as long as a server runs it. */
import type { Estate } from "../estate";
import type { Lock } from "../lock";

/** An image as a file names it. */
export interface NamedImage {
  /** Whose file: the estate's, or that of a messenger. */
  readonly of: "estate" | { readonly messenger: string };
  readonly name: string;
  readonly url: string;
  readonly checksum: string;
}

/** The images that the estate and the messengers' files name. */
export function imagesOf(
  estate: Estate,
  messengers: readonly { messenger: string; image?: Omit<NamedImage, "of"> | undefined }[],
): NamedImage[] {
  return [
    ...Object.entries(estate.images).map(([name, image]): NamedImage => ({ of: "estate", name, ...image })),
    ...messengers.flatMap(({ messenger, image }): NamedImage[] => (image ? [{ of: { messenger }, ...image }] : [])),
  ];
}

/** Images that another file, or the lock, knows by the same name with other content; with the key that differs. */
export function* checkImages(
  images: readonly NamedImage[],
  lock: Lock | undefined,
): Generator<{ image: NamedImage; key: "url" | "checksum"; message: string }> {
  const known = new Map<string, NamedImage>();
  for (const image of images) {
    const other = known.get(image.name);
    const key = other && differing(image, other);
    if (key)
      yield {
        image,
        key,
        message: `the image ${image.name} has another ${key} in ${other.of === "estate" ? "the estate" : `the file of ${other.of.messenger}`}; one name is one image, give this one its own`,
      };
    if (!other) known.set(image.name, image);
    for (const [site, { images: locked, servers }] of Object.entries(lock?.sites ?? {})) {
      const held = Object.hasOwn(locked, image.name) ? locked[image.name] : undefined;
      const changed = held && differing(image, held);
      if (!changed) continue;
      const [first, ...others] = Object.keys(servers).filter((server) => servers[server]?.image === image.name);
      const run = others.length > 0 ? `${others.length + 1} servers run it, such as ${first ?? ""}` : `${first ?? "the lock"} runs it`;
      yield {
        image,
        key: changed,
        message: `the image ${image.name} is in use at ${site} with another ${changed} (${run}); an image in use never changes, give the new one a new name`,
      };
      break;
    }
  }
}

function differing(one: { url: string; checksum: string }, other: { url: string; checksum: string }): "url" | "checksum" | undefined {
  if (one.url !== other.url) return "url";
  return one.checksum === other.checksum ? undefined : "checksum";
}
