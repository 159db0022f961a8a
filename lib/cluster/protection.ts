/** What keeps Terraform, Argo CD and Flux from deleting a thing; none of them wipes a server or a namespace by itself. */

/** How an object is kept from being deleted by the tools that apply it. */
export interface Protection {
  readonly lifecycle?: { readonly preventDestroy: true };
  readonly annotations: Readonly<Record<string, string>>;
}

const kept: Protection = {
  lifecycle: { preventDestroy: true },
  annotations: {
    "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    "kustomize.toolkit.fluxcd.io/prune": "disabled",
  },
};

/** The marks of a thing that must stay, or none. They protect only while the thing is in the code; the admission guard protects it after that. */
export function protection(on: boolean): Protection {
  return on ? kept : { annotations: {} };
}
