/** Why objects differ: each changed input is put into the base's stack alone, and what differs then differs for its sake. */
import { isDeepStrictEqual } from "node:util";
import { imageOf } from "../../allocation/allocate";
import { estateSchema } from "../../request/estate";
import { messengerSchema } from "../../request/messenger";
import { resolveMessenger } from "../../request/resolve";
import type { StackPlan } from "../../stacks/app";
import type { MessengerStackProps } from "../../stacks/messengerStack";
import { presenceOf } from "../../stacks/presence";
import type { StackObjects } from "../change";
import type { Ground } from "../ground";
import type { Cause } from "../report";
import type { Row } from "../rows";
import { withChange } from "./changedValue";
import { changedOfEstate, changedOfMessenger, placeText, type ChangedInput } from "./input";

/** A stack of a side, as it is to be made. */
export type PlanOf = (stack: string) => StackPlan | undefined;

/** What finds out why objects differ. */
export interface Workshop {
  readonly base: { readonly ground: Ground; readonly planOf: PlanOf };
  readonly head: { readonly ground: Ground; readonly planOf: PlanOf };
  /** Makes a stack. */
  readonly make: (plan: StackPlan) => StackObjects;
  /** Why a messenger's grant differs at a site. */
  readonly ofGrant: (holder: string, site: string) => readonly Cause[];
}

/** Keys of a messenger's file that move its need alone: they reach a stack by its grant, or not at all. */
export const needKeys: ReadonlySet<string> = new Set(["audience", "stackClass", "profile", "load", "growth", "surges"]);

/** The base's stack with one input of the head. */
interface Variant {
  readonly causes: readonly Cause[];
  /** `undefined` where the input alone makes no valid file, or no stack: it takes others. */
  readonly plan: StackPlan | undefined;
}

/** What comes of an input alone. */
interface Tried {
  readonly causes: readonly Cause[];
  /** @default not known: nothing can be made of it alone */
  readonly objects: StackObjects | undefined;
}

/** The keys of a messenger's file that say whether it has a stack at a site. */
const places = new Set(["lifecycle", "needs", "placement", "tier"]);

/** More stacks than this are not taken apart; the rows of the others name what changed in all their inputs. */
const mostStacks = 12;

/** The causes of rows. */
export class ObjectCauses {
  private readonly variants = new Map<string, readonly Tried[]>();

  constructor(private readonly workshop: Workshop) {}

  causesOf({ example }: Row): Cause[] {
    const { stack, address, before } = example;
    const { base, head } = this.workshop;
    const [then, now] = [base.planOf(stack), head.planOf(stack)];
    if (!then || !now) return this.ofWhole(then ?? now);
    const variants = this.variantsOf(then, now);
    const was = before && [before.object, before.guarded];
    const found = variants.filter(({ objects }) => objects && !isDeepStrictEqual(shapeOf(objects, address), was));
    const unknown = variants.filter(({ objects }) => !objects);
    const meant = found.length > 0 ? found : unknown.length > 0 ? unknown : variants;
    return unique(meant.flatMap(({ causes }) => causes));
  }

  private variantsOf(then: StackPlan, now: StackPlan): readonly Tried[] {
    const known = this.variants.get(now.name);
    if (known) return known;
    const variants = this.plansOf(then, now);
    // One input that changed is the cause of all; and what is not taken apart names all.
    const isPlain = variants.length === 1 || this.variants.size >= mostStacks;
    const made = isPlain
      ? [{ causes: unique(variants.flatMap(({ causes }) => causes)), objects: undefined }]
      : variants.map(({ causes, plan }) => ({ causes, objects: plan && this.tried(plan) }));
    this.variants.set(now.name, made);
    return made;
  }

  /** The objects of a stack that nobody ever asked for: half a change need not make one. */
  private tried(plan: StackPlan): StackObjects | undefined {
    try {
      return this.workshop.make(plan);
    } catch {
      return undefined;
    }
  }

  private plansOf(then: StackPlan, now: StackPlan): Variant[] {
    const { base, head, ofGrant } = this.workshop;
    const estate = changedOfEstate(base.ground, head.ground, siteOf(now));
    if ("site" in then && "site" in now) {
      const { pool, images, host, site } = now.site;
      return [
        ...this.ofEstate(estate, (changed) => ({ name: then.name, site: { ...then.site, estate: changed } })),
        ...(isDeepStrictEqual([pool, images], [then.site.pool, then.site.images])
          ? []
          : [{ causes: ofGrant("pool", site), plan: { name: then.name, site: { ...then.site, pool, images, host } } }]),
      ];
    }
    if ("site" in then || "site" in now) return [];
    const props = then.messenger;
    const { grant, pool, images, host, site } = now.messenger;
    const withPresence = (changed: typeof props): Variant["plan"] | undefined => {
      const presence = presenceOf(changed.messenger, site, changed.grant);
      return presence === "none" ? undefined : { name: then.name, messenger: { ...changed, presence } };
    };
    const { messenger: id } = props.messenger;
    const inputs = changedOfMessenger(base.ground, head.ground, id);
    const ofMessenger = inputs
      .filter(({ path: [key] }) => !needKeys.has(String(key)))
      .map((input): Variant => {
        const read = messengerSchema.safeParse(withChange(base.ground.messengerSource(id)?.value, input));
        const plan = read.success ? withPresence({ ...props, messenger: resolveMessenger(read.data, props.estate) }) : undefined;
        return { causes: [input.cause], plan };
      });
    const ofLock = isDeepStrictEqual([grant, pool, images], [props.grant, props.pool, props.images])
      ? undefined
      : withPresence({ ...props, grant, pool, images, host });
    const ofImage = inputs.filter(({ path: [key] }) => key === "image").map(({ cause }) => cause);
    const ran = ofImage.length > 0 && withItsImage(props, now.messenger);
    return [
      ...ofMessenger,
      ...(ran ? [{ causes: ofImage, plan: withPresence(ran) }] : []),
      ...this.ofEstate(estate, (changed) => withPresence({ ...props, estate: changed })),
      ...(ofLock ? [{ causes: ofGrant(id, site), plan: ofLock }] : []),
    ];
  }

  private ofEstate(inputs: readonly ChangedInput[], plan: (estate: Ground["estate"]) => StackPlan | undefined): Variant[] {
    return inputs.map((input): Variant => {
      const read = estateSchema.safeParse(withChange(this.workshop.base.ground.estateSource().value, input));
      return { causes: [input.cause], plan: read.success ? plan(read.data) : undefined };
    });
  }

  /** A stack that came or went: its messenger's file did, or what places it there changed. */
  private ofWhole(plan: StackPlan | undefined): Cause[] {
    if (!plan) return [];
    const { base, head, ofGrant } = this.workshop;
    if ("site" in plan) return changedOfEstate(base.ground, head.ground, plan.site.site).map(({ cause }) => cause);
    const { messenger: id } = plan.messenger.messenger;
    const [before, after] = [base.ground.messengerSource(id), head.ground.messengerSource(id)];
    const file = (after ?? before)?.position([]);
    if (!before || !after)
      return file ? [{ what: after ? `the messenger ${id} is new` : `the file of ${id} is gone`, place: placeText(file) }] : [];
    const placing = changedOfMessenger(base.ground, head.ground, id).filter(({ path: [key] }) => places.has(String(key)));
    return unique([...placing.map(({ cause }) => cause), ...ofGrant(id, plan.messenger.site)]);
  }
}

/** The props with the image of the messenger's file on those servers that come to run it: it reaches them by the lock. */
function withItsImage(
  then: MessengerStackProps,
  { estate, messenger, grant, images }: MessengerStackProps,
): MessengerStackProps | undefined {
  const { name } = imageOf(estate, messenger);
  const running = new Set(grant.servers.filter(({ image }) => image === name).map((server) => server.name));
  const servers = then.grant.servers.map((server) => (running.has(server.name) ? { ...server, image: name } : server));
  const image = images[name];
  return image && { ...then, grant: { ...then.grant, servers }, images: { ...then.images, [name]: image } };
}

const siteOf = (plan: StackPlan): string => ("site" in plan ? plan.site : plan.messenger).site;

function shapeOf(objects: StackObjects, address: string): unknown {
  const side = objects.get(address);
  return side && [side.object, side.guarded];
}

function unique(causes: readonly Cause[]): Cause[] {
  return [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()];
}
