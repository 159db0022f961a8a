import { valuesOf } from "../../lib/sizing/coefficient";
import { mediaBytesPerDay, mediaPerMessage, mediaSize } from "../../lib/sizing/media";

const values = valuesOf({ size_photo: 100, size_video: 2000 });

test("the average message brings 44.62 KB, the average medium 404 KB", () => {
  expect(mediaPerMessage(values)).toBeCloseTo(44.62, 9);
  expect(mediaSize(values)).toBeCloseTo(44.62 / 0.1105, 9);
});

test("three million people send 6.7 TB a day", () => {
  expect(mediaBytesPerDay(3e6, values) / 1e12).toBeCloseTo(6.693, 9);
});

test("no media have no size", () => {
  expect(mediaSize(valuesOf({ share_photo: 0, share_video: 0, share_voice: 0 }))).toBe(0);
});
