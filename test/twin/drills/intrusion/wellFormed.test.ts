import { leaving, merged, pod, service } from "../../../../lib/twin/drills/intrusion/wellFormed";
import { sampleTarget } from "./sampleTarget";

test("a change goes key by key; null takes away; lists are replaced", () => {
  const whole = { a: { b: 1, c: 2 }, d: [1, 2], e: "e" };
  expect(merged(whole, { a: { b: null, f: 3 }, d: [3], g: null })).toEqual({ a: { c: 2, f: 3 }, d: [3], e: "e" });
  expect(whole).toEqual({ a: { b: 1, c: 2 }, d: [1, 2], e: "e" });
});

test("everything that is made carries the rehearsal's label, whatever else it is labelled with", () => {
  const labels = { "zirsakht.ir/rehearsal": "intrusion", other: "x" };
  expect(pod(sampleTarget("bale"), { labels: { other: "x" } }).metadata.labels).toEqual(labels);
  expect(service({ labels: { other: "x" } }).metadata.labels).toEqual(labels);
});

test("what leaves from the pool is shaped to what it asks for, what leaves from own servers is not", () => {
  expect(leaving(sampleTarget("bale"))).toEqual({
    labels: { "zirsakht.ir/egress": "true" },
    annotations: { "kubernetes.io/egress-bandwidth": "1M" },
    container: { resources: { requests: { "zirsakht.ir/egress-mbps": "1" }, limits: { "zirsakht.ir/egress-mbps": "1" } } },
  });
  expect(leaving(sampleTarget("soroush"))).toEqual({ labels: { "zirsakht.ir/egress": "true" } });
});
