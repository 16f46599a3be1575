package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math/rand"
	"os"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
)

// density is how likely it is that something which may be absent is there.
var densities = []float64{0, 1, 1, 0.7, 0.5}

// writeSamples writes, packed, one after another: length and bytes of the value as it is stored, length and bytes of the
// JSON of that value when it is read again; lengths are 4 bytes, most significant first.
func writeSamples(types *runtime.Scheme, file string) {
	store := protobuf.NewSerializer(types, types)
	answer := json.NewSerializerWithOptions(json.DefaultMetaFactory, types, types, json.SerializerOptions{})
	var packed bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	for seed, density := range densities {
		met := map[reflect.Type]bool{}
		for _, k := range stored(types) {
			object, err := types.New(k.gvk)
			check(err)
			filling := filling{rand.New(rand.NewSource(int64(seed))), density, met}
			filling.object(object)
			object.GetObjectKind().SetGroupVersionKind(k.gvk)
			var value, text bytes.Buffer
			check(store.Encode(object, &value))
			read, _, err := store.Decode(value.Bytes(), nil, nil)
			check(err)
			read.GetObjectKind().SetGroupVersionKind(k.gvk)
			asAnswered(read)
			check(answer.Encode(read, &text))
			put(zip, value.Bytes())
			put(zip, []byte(strings.TrimSuffix(text.String(), "\n")))
		}
	}
	check(zip.Close())
	check(os.WriteFile(file, packed.Bytes(), 0o644))
}

func put(zip *gzip.Writer, piece []byte) {
	check(binary.Write(zip, binary.BigEndian, int32(len(piece))))
	_, err := zip.Write(piece)
	check(err)
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}
