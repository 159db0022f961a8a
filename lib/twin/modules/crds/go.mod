module zirsakht/twin/crds

go 1.26.0

require (
	github.com/cilium/cilium v1.18.6
	github.com/k8snetworkplumbingwg/network-attachment-definition-client v1.7.7
	go.universe.tf/metallb v0.16.2
)
