// Command etcdctl is the store's own command line, at the version that go.mod names.
package main

import "go.etcd.io/etcd/etcdctl/v3/ctlv3"

func main() {
	ctlv3.MustStart()
}
