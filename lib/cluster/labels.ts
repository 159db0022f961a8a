/** The labels by which the site's parts find each other. They are public contract: policies, plans and people's scripts select by them. */

/** Whose a thing is: a messenger's id, or `pool` on what the pool's messengers share. Also the key of the taint of own servers. */
export const messengerLabel = "zirsakht.ir/messenger";
/** The group that a server serves. */
export const groupLabel = "zirsakht.ir/group";
/** The rack that a host stands in. */
export const rackLabel = "zirsakht.ir/rack";
/** Where a host is in its life; `granted` is guarded. */
export const stateLabel = "zirsakht.ir/state";
/** On a namespace: which nodes its pods run on, a messenger's id or `pool`. */
export const nodesLabel = "zirsakht.ir/nodes";
/** On a namespace during a change of tier: the nodes that its pods still run on. */
export const nodesBeforeLabel = "zirsakht.ir/nodes-before";
/** On a namespace: its messenger's tier. */
export const tierLabel = "zirsakht.ir/tier";
/** On a namespace: the sector that a repurposed messenger went to. */
export const sectorLabel = "zirsakht.ir/sector";
/** On a namespace that may not be deleted: `true`. */
export const guardedLabel = "zirsakht.ir/guarded";
/** On a pod that may leave the cluster: `true`. */
export const egressLabel = "zirsakht.ir/egress";
/** The failure domain of a node: its rack. */
export const zoneLabel = "topology.kubernetes.io/zone";
/** The site of a node. */
export const regionLabel = "topology.kubernetes.io/region";
