package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

const keyBits = 2048

// writeFiles writes what an apiserver and its clients need to trust each other: service-account.key, tokens.csv,
// kubeconfig. The apiserver's certificate is its own, so clients take any.
func writeFiles(args []string) error {
	if len(args) != 2 {
		return errors.New("files DIR PORT")
	}
	folder, port := args[0], args[1]
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	if err := os.WriteFile(filepath.Join(folder, "service-account.key"), pem.EncodeToMemory(block), 0o600); err != nil {
		return err
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return err
	}
	token := hex.EncodeToString(random)
	line := fmt.Sprintf("%s,admin,admin,system:masters\n", token)
	if err := os.WriteFile(filepath.Join(folder, "tokens.csv"), []byte(line), 0o600); err != nil {
		return err
	}
	config := api.NewConfig()
	config.Clusters["cluster"] = &api.Cluster{Server: "https://127.0.0.1:" + port, InsecureSkipTLSVerify: true}
	config.AuthInfos["admin"] = &api.AuthInfo{Token: token}
	config.Contexts["cluster"] = &api.Context{Cluster: "cluster", AuthInfo: "admin"}
	config.CurrentContext = "cluster"
	return clientcmd.WriteToFile(*config, filepath.Join(folder, "kubeconfig"))
}
