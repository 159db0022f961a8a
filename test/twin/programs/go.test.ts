import { failure, isAtLeast } from "../../../lib/twin/programs/go";

test.each([
  ["1.26.0", "1.26.0", true],
  ["1.26", "1.26.0", true],
  ["1.26.8", "1.26.0", true],
  ["1.27rc1", "1.26.0", true],
  ["2.0", "1.26.0", true],
  ["1.25.9", "1.26.0", false],
  ["1.9", "1.26.0", false],
  ["1.26.0", "1.26.1", false],
])("Go %s is at least %s: %s", (version, needed, expected) => {
  expect(isAtLeast(version, needed)).toBe(expected);
});

/** What Go 1.26 really said. */
const words = {
  refused: `go: downloading k8s.io/utils v0.0.1
go: k8s.io/kubernetes@v1.36.3: Get "http://127.0.0.1:1/k8s.io/kubernetes/@v/v1.36.3.info": dial tcp 127.0.0.1:1: connect: connection refused
`,
  notThere: `go: k8s.io/kubernetes@v1.36.3: reading http://127.0.0.1:1/k8s.io/kubernetes/@v/v1.36.3.info: 404 Not Found
	server response: not found
`,
  off: "module lookup disabled by GOPROXY=off",
  forged: `verifying go.universe.tf/metallb@v0.16.2: checksum mismatch
	downloaded: h1:RCSA=
	go.sum:     h1:RCSB=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
For more information, see 'go help module-auth'.
`,
  full: `# k8s.io/kubernetes/cmd/kubectl
/cache/link: flushing $WORK/b001/exe/a.out: write $WORK/b001/exe/a.out: no space left on device
`,
  killed: `k8s.io/api/core/v1: /go/pkg/tool/linux_amd64/compile: signal: killed
`,
  other: `go: cannot find GOROOT directory: /nowhere
`,
  nothing: "",
};
const unfetched = "its modules cannot be fetched from where `go env GOPROXY` says; set GOPROXY to what this machine can reach";

test.each([
  [
    words.refused,
    `kubectl: ${unfetched}: go: k8s.io/kubernetes@v1.36.3: Get "http://127.0.0.1:1/k8s.io/kubernetes/@v/v1.36.3.info": dial tcp 127.0.0.1:1: connect: connection refused`,
  ],
  [
    words.notThere,
    `kubectl: ${unfetched}: go: k8s.io/kubernetes@v1.36.3: reading http://127.0.0.1:1/k8s.io/kubernetes/@v/v1.36.3.info: 404 Not Found`,
  ],
  [words.off, `kubectl: ${unfetched}: module lookup disabled by GOPROXY=off`],
  [
    words.forged,
    "kubectl: what was downloaded has not the checksum of go.sum, and nothing was built of it: verifying go.universe.tf/metallb@v0.16.2: checksum mismatch",
  ],
  [
    words.full,
    "kubectl: the disk is full: /cache/link: flushing $WORK/b001/exe/a.out: write $WORK/b001/exe/a.out: no space left on device",
  ],
  [words.killed, "kubectl: the memory ran out: k8s.io/api/core/v1: /go/pkg/tool/linux_amd64/compile: signal: killed"],
  [words.other, "kubectl: Go says: go: cannot find GOROOT directory: /nowhere"],
  [words.nothing, "kubectl: Go says: it was stopped"],
])("Go's words %# get their meaning", (said, expected) => {
  expect(failure("kubectl", said).message).toBe(expected);
});
