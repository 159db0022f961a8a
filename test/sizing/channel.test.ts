import { valuesOf } from "../../lib/sizing/coefficient";
import { channelLoad } from "../../lib/sizing/channel";

const values = valuesOf({ size_photo: 100, share_photo: 0.1, share_video: 0, share_voice: 0 });
const presence = { online: 0.25, growth: 1, peak: 3 };
const channel = { subscribers: 864_000, postsPerDay: 100 };

test("posts reach those who are online, at the peak's pace", () => {
  // 100 posts a day are 1/864 a second, three times that at peak; a quarter of 864,000 are online.
  expect(channelLoad([channel], values, presence).deliveriesPerSecond).toBeCloseTo(3 * 1000 * 0.25, 9);
});

test("a stated online share replaces the audience's", () => {
  expect(channelLoad([{ ...channel, onlineShare: 500 }], values, presence).deliveriesPerSecond).toBeCloseTo(3 * 1000 * 0.5, 9);
});

test("a stated share of posts with media replaces that of people's messages", () => {
  const bytes = (mediaShare?: number) =>
    channelLoad([{ ...channel, ...(mediaShare === undefined ? {} : { mediaShare }) }], values, presence).mediaBytesPerSecond;
  expect(bytes(500)).toBeCloseTo(750 * 0.5 * 100_000, 3);
  expect(bytes()).toBeCloseTo(750 * 0.1 * 100_000, 3);
  expect(bytes(0)).toBe(0);
});

test("subscribers grow with the audience, and channels add up", () => {
  expect(channelLoad([channel, channel], values, { ...presence, growth: 2 }).deliveriesPerSecond).toBeCloseTo(4 * 750, 9);
});

test("no more than all are online", () => {
  expect(channelLoad([channel], values, { ...presence, online: 1.5 }).deliveriesPerSecond).toBeCloseTo(3000, 9);
});

test("without media of people a post's medium has no size", () => {
  const none = { ...values, share_photo: 0 };
  expect(channelLoad([{ ...channel, mediaShare: 1000 }], none, presence).mediaBytesPerSecond).toBe(0);
});
