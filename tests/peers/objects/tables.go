package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strconv"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// special are the types that Kubernetes writes to JSON by code of its own, and the word that the table has for them.
var special = map[string]string{
	"meta.v1.Time":                                       "time",
	"meta.v1.MicroTime":                                  "microtime",
	"meta.v1.Duration":                                   "duration",
	"meta.v1.FieldsV1":                                   "json",
	"resource.Quantity":                                  "quantity",
	"intstr.IntOrString":                                 "intorstring",
	"runtime.RawExtension":                               "raw",
	"apiextensions.v1.JSON":                              "json",
	"apiextensions.v1beta1.JSON":                         "json",
	"apiextensions.v1.JSONSchemaPropsOrBool":             "orbool:apiextensions.v1.JSONSchemaProps",
	"apiextensions.v1.JSONSchemaPropsOrArray":            "orarray:apiextensions.v1.JSONSchemaProps",
	"apiextensions.v1.JSONSchemaPropsOrStringArray":      "orstrings:apiextensions.v1.JSONSchemaProps",
	"apiextensions.v1beta1.JSONSchemaPropsOrBool":        "orbool:apiextensions.v1beta1.JSONSchemaProps",
	"apiextensions.v1beta1.JSONSchemaPropsOrArray":       "orarray:apiextensions.v1beta1.JSONSchemaProps",
	"apiextensions.v1beta1.JSONSchemaPropsOrStringArray": "orstrings:apiextensions.v1beta1.JSONSchemaProps",
}

// schemas are types that are reached through a special one only.
var schemas = map[string]int{"orbool": 1, "orarray": 1, "orstrings": 1}

// typed are the fields whose elements are given the kind of their type when they are answered, though it is not stored:
// k8s.io/kubernetes, pkg/apis/apps/*/conversion.go.
const typed = "StatefulSetSpec.volumeClaimTemplates"

var (
	marshaler = reflect.TypeFor[json.Marshaler]()
	proto     = reflect.TypeFor[interface{ Unmarshal([]byte) error }]()
	typeMeta  = reflect.TypeFor[metav1.TypeMeta]()
)

type tables struct {
	seen map[string]reflect.Type
	rows map[string][]string
}

func writeTables(types *runtime.Scheme, dir string) {
	t := tables{map[string]reflect.Type{}, map[string][]string{}}
	lines := []string{"# apiVersion\tkind\tmessage: the kinds of Kubernetes " + release() + " that can be stored; written by tests/peers/objects"}
	for _, k := range stored(types) {
		if k.goes.Field(0).Type != typeMeta {
			fail(k.goes.String() + " does not begin with its kind")
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s", k.gvk.GroupVersion(), k.gvk.Kind, t.message(k.goes)))
	}
	write(filepath.Join(dir, "kinds.tsv"), lines)

	lines = []string{"# the stored messages of Kubernetes " + release() + ", written by tests/peers/objects; below each its fields in the" +
		" order of their JSON: number, name, type, rule"}
	names := make([]string, 0, len(t.rows))
	for name := range t.rows {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		lines = append(append(lines, name), t.rows[name]...)
	}
	write(filepath.Join(dir, "messages.tsv"), lines)
}

func write(file string, lines []string) {
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		fail(err.Error())
	}
}

// nameOf is the last two parts of the package, without pkg and apis, and the type.
func nameOf(goes reflect.Type) string {
	parts := strings.Split(goes.PkgPath(), "/")
	name := parts[len(parts)-1]
	if strings.HasPrefix(name, "v") && len(parts) > 1 {
		name = parts[len(parts)-2] + "." + name
	}
	return name + "." + goes.Name()
}

// message adds the rows of a struct, and of all that it leads to.
func (t *tables) message(goes reflect.Type) string {
	name := nameOf(goes)
	if known, has := t.seen[name]; has {
		if known != goes {
			fail(name + " is two types")
		}
		return name
	}
	t.seen[name] = goes
	if !reflect.PointerTo(goes).Implements(proto) {
		fail(name + " has no protobuf")
	}
	if goes.Implements(marshaler) {
		fail(name + " writes its JSON by itself, which is not known here")
	}
	rows := []string{}
	names := map[string]bool{}
	numbers := map[int]bool{}
	for i := range goes.NumField() {
		if row := t.field(name, goes.Field(i), names, numbers); row != "" {
			rows = append(rows, row)
		}
	}
	t.rows[name] = rows
	return name
}

func (t *tables) field(owner string, field reflect.StructField, names map[string]bool, numbers map[int]bool) string {
	where := owner + "." + field.Name
	tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
	wire := field.Tag.Get("protobuf")
	if field.Type == typeMeta {
		return "" // written for the outermost object by who knows its kind
	}
	if !field.IsExported() || tag == "-" || (wire == "" && options != "" && strings.Contains(options, "omitempty")) {
		if wire != "" && wire != "-" {
			fail(where + " is stored but not answered")
		}
		return ""
	}
	number, err := strconv.Atoi(strings.Split(wire+",,", ",")[1])
	if err != nil || numbers[number] {
		fail(where + " has no number of its own: " + wire)
	}
	numbers[number] = true
	if tag == "" && field.Anonymous {
		for _, inner := range jsonNames(field.Type) {
			claim(where, inner, names)
		}
		return fmt.Sprintf("\t%d\t-\t%s\tinline", number, t.message(field.Type))
	}
	claim(where, tag, names)
	rule := "always"
	switch {
	case strings.Contains(options, "omitzero"):
		rule = "omitzero"
	case strings.Contains(options, "omitempty"):
		rule = "omitempty"
	}
	if options != "" && strings.Trim(strings.NewReplacer("omitempty", "", "omitzero", "").Replace(options), ",") != "" {
		fail(where + " has an option that is not known here: " + options)
	}
	if strings.HasSuffix(owner+"."+tag, typed) {
		rule += "+kind"
	}
	return fmt.Sprintf("\t%d\t%s\t%s\t%s", number, tag, t.typeOf(where, field.Type), rule)
}

func claim(where, name string, names map[string]bool) {
	if name == "" || names[name] {
		fail(where + " has no JSON name of its own: " + name)
	}
	names[name] = true
}

func jsonNames(goes reflect.Type) []string {
	var names []string
	for i := range goes.NumField() {
		field := goes.Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == "" && field.Anonymous {
			names = append(names, jsonNames(field.Type)...)
		} else {
			names = append(names, tag)
		}
	}
	return names
}

// typeOf is the table's word for a type: * before what may be absent, [] before a list's element, {} before a map's value.
func (t *tables) typeOf(where string, goes reflect.Type) string {
	switch {
	case goes.Kind() == reflect.Pointer:
		return "*" + t.element(where, goes.Elem())
	case goes.Kind() == reflect.Slice && reflect.PointerTo(goes).Implements(proto), isBytes(goes):
		return t.element(where, goes)
	case goes.Kind() == reflect.Slice:
		return "[]" + t.element(where, goes.Elem())
	case goes.Kind() == reflect.Map && goes.Key().Kind() == reflect.String:
		return "{}" + t.element(where, goes.Elem())
	}
	return t.element(where, goes)
}

func isBytes(goes reflect.Type) bool {
	return goes.Kind() == reflect.Slice && goes.Elem().Kind() == reflect.Uint8
}

func (t *tables) element(where string, goes reflect.Type) string {
	switch goes.Kind() {
	case reflect.Struct:
		if word, has := special[nameOf(goes)]; has {
			form, child, _ := strings.Cut(word, ":")
			if schemas[form] > 0 {
				field, _ := goes.FieldByName("Schema")
				if t.message(field.Type.Elem()) != child {
					fail(where + ": not " + child)
				}
			}
			return word
		}
		return t.message(goes)
	case reflect.Slice:
		if isBytes(goes) {
			return "bytes"
		}
		if reflect.PointerTo(goes).Implements(proto) && goes.Elem().Kind() == reflect.String {
			return "strings"
		}
	case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
		if goes.Implements(marshaler) {
			fail(where + ": " + goes.String() + " writes its JSON by itself")
		}
		return goes.Kind().String()
	}
	fail(where + ": no form is known for " + goes.String())
	return ""
}
