/** The namespaces of a site that others name too; they stand alone, so that whoever names them loads nothing. */

/** Hosts, their metaData and networkData, and the join and BMC Secrets that the site's set-up places. */
export const hardwareNamespace = "zirsakht-hardware";

/** Where MetalLB runs, and where it reads its pools and peers. */
export const loadBalancerNamespace = "metallb-system";
