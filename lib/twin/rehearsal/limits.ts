/** What a twin cannot show. It is said with every rehearsal, so that a kept promise is not taken for more than it is. */

/** A thing that a twin has no part for. */
export interface Limit {
  readonly what: string;
  /** Why, and where it is shown instead, if anywhere. */
  readonly why: string;
}

export const twinLimits: readonly Limit[] = [
  {
    what: "packets",
    why: "there is no network below the API: that NetworkPolicies, VLANs, egress gateways, BGP sessions and the announcing of addresses work is the CNI's, MetalLB's speaker's and the switches' to show",
  },
  {
    what: "bandwidth",
    why: "pods ask for it and are refused it, but nothing is shaped or policed: the CNI's bandwidth manager and the switch ports do that",
  },
  {
    what: "machines",
    why: "the Baremetal Operator works in its test mode: no controller is asked, no power is switched, nothing is booted or written; a lost rack is its nodes' loss, not its power's, its switch's or its storage's",
  },
  {
    what: "erasing",
    why: "no disk is there to be erased; the evidence of an erasure comes from the machine",
  },
  {
    what: "the config drive",
    why: "the operator's test mode never reads one; that the join user data makes of a host's metaData what nodes need is tested apart",
  },
  {
    what: "storage",
    why: "no replica or shard lies anywhere: that data survive a rack is law 4, proven on the lock by `allocate --check`, and then the storage system's to keep",
  },
  {
    what: "real load",
    why: "pods ask for their demand and do nothing: whether the sizing's figures are right shows on real messengers only",
  },
  {
    what: "what a webhook would refuse",
    why: "the operators' own webhooks are off: a real site refuses some changes of hosts and pools besides",
  },
  {
    what: "an administrator who means harm",
    why: "no admission policy can guard admission policies: who may delete the guard's binding may then delete a host; keep that right to the site's set-up, and watch it in the audit log",
  },
  {
    what: "a host made twice",
    why: "a new host that is given another's management address would be provisioned over it: the API server knows no two objects at once; `validate` refuses two servers with one address",
  },
];
