package main

import (
	"math/rand"
	"reflect"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	appsv1beta1 "k8s.io/api/apps/v1beta1"
	appsv1beta2 "k8s.io/api/apps/v1beta2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// deepest is how many structs are filled inside each other; schemas contain schemas.
const deepest = 12

var (
	words = []string{
		"", "a", "web", "shop", "app.kubernetes.io/name", "nginx:1.27", "a<b>&\"c\"\\/", "tab\there\nand\r\b\f", "\x00\x01\x1f\x7f",
		"Grüße", "日本", "😀", "\u2028\u2029", "bad\xffutf\xc3", "\xed\xa0\x80 \xf4\x90\x80\x80 \xc0\xaf \xe2\x82", "IfNotPresent", "ClusterIP",
	}
	texts = []string{
		`{"f:metadata":{"f:labels":{".":{},"f:app":{}}}}`, `{ "a" : [1, -2.50, 1e+3 ,true,false,null] , "b":"<x>&\u2028\/` + "\u2029\xff" + `"}`,
		`{}`, `{"deep":{"er":[[],[{}],"\ud83d\ude00"]}}` + "\n",
	}
	quantities = []string{"0", "100m", "1500m", "1Gi", "128974848", "1e9", "0.5", "12345678901234567890", "-3", "1.5Mi", "5n"}
	numbers    = []int64{0, 1, -1, 80, 443, 8080, 300, 1<<31 - 1, -1 << 31, 1 << 31, 1<<63 - 1, -1 << 63}
	floats     = []float64{0, 1, -1.5, 0.1, 100, 1e20, 1e21, 123456789.125, 1e-6, 1e-7, 5e-324, 1.7976931348623157e308, 3.0e-10, 2.5e100, 1.0 / 3}
	seconds    = []int64{0, 1, -1, 1790000000, 951782400, 4102444799, -62135596800 + 1, 253402300799, -11644473600}
)

// filling fills objects with what is hard to write: always the same for the same seed.
type filling struct {
	dice    *rand.Rand
	density float64
	// met are the types that were filled before with this density: pods are in many kinds, and once is enough
	met map[reflect.Type]bool
}

// sparse is the density of what was met before.
const sparse = 0.4

func (f filling) object(object runtime.Object) {
	f.fill(reflect.ValueOf(object).Elem(), deepest)
}

func (f filling) there() bool {
	return f.dice.Float64() < f.density
}

func pick[T any](f filling, from []T) T {
	return from[f.dice.Intn(len(from))]
}

func (f filling) fill(value reflect.Value, depth int) {
	if f.density == 0 || f.special(value) {
		return
	}
	switch value.Kind() {
	case reflect.Struct:
		if f.met[value.Type()] {
			f.density = min(f.density, sparse)
		}
		f.met[value.Type()] = true
		for i := range value.NumField() {
			if field := value.Field(i); field.CanSet() && field.Type() != typeMeta {
				f.fill(field, depth-1)
			}
		}
	case reflect.Pointer:
		if depth > 0 && f.there() {
			value.Set(reflect.New(value.Type().Elem()))
			f.fill(value.Elem(), depth)
		}
	case reflect.Slice:
		f.slice(value, depth)
	case reflect.Map:
		if depth > 0 && f.there() {
			value.Set(reflect.MakeMap(value.Type()))
			for range f.dice.Intn(4) {
				element := reflect.New(value.Type().Elem()).Elem()
				f.fill(element, depth-1)
				value.SetMapIndex(reflect.ValueOf(pick(f, words)).Convert(value.Type().Key()), element)
			}
		}
	default:
		f.scalar(value)
	}
}

func (f filling) slice(value reflect.Value, depth int) {
	switch {
	case depth <= 0 || !f.there():
	case isBytes(value.Type()):
		value.SetBytes([]byte(pick(f, words)))
	default:
		length := f.dice.Intn(3)
		if f.density == 1 {
			length = 1
		}
		value.Set(reflect.MakeSlice(value.Type(), length, length))
		for i := range length {
			f.fill(value.Index(i), depth-1)
		}
	}
}

func (f filling) scalar(value reflect.Value) {
	if !f.there() {
		return
	}
	switch value.Kind() {
	case reflect.String:
		value.SetString(pick(f, words))
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int32, reflect.Int64:
		number := pick(f, numbers)
		if value.Kind() == reflect.Int32 {
			number = int64(int32(number))
		}
		value.SetInt(number)
	case reflect.Float64:
		value.SetFloat(pick(f, floats))
	default:
		fail("no filling for " + value.Type().String())
	}
}

// special fills the types that have an inside of their own, and tells whether it was one.
func (f filling) special(value reflect.Value) bool {
	there := f.there()
	switch into := value.Addr().Interface().(type) {
	case *metav1.Time:
		if there {
			*into = metav1.Unix(pick(f, seconds), 0)
		}
	case *metav1.MicroTime:
		if there {
			*into = metav1.NewMicroTime(time.Unix(pick(f, seconds), pick(f, []int64{0, 1000, 999999000, 120000000})))
		}
	case *metav1.Duration:
		into.Duration = time.Duration(pick(f, numbers)) * pick(f, []time.Duration{1, 1, 1000, 1e6, 1e9})
	case *metav1.FieldsV1:
		if there {
			*into = *metav1.NewFieldsV1(pick(f, texts))
		}
	case *resource.Quantity:
		if there {
			*into = resource.MustParse(pick(f, quantities))
		}
	case *intstr.IntOrString:
		if there {
			*into = pick(f, []intstr.IntOrString{intstr.FromInt32(8080), intstr.FromString("25%"), intstr.FromString("<http>"), intstr.FromInt32(-1)})
		}
	case *runtime.RawExtension:
		if there {
			into.Raw = []byte(pick(f, texts))
		}
	default:
		return f.json(value, there)
	}
	return true
}

// json fills apiextensions' JSON, the same struct in each version.
func (f filling) json(value reflect.Value, there bool) bool {
	if special[nameOf(value.Type())] != "json" {
		return false
	}
	if there {
		value.FieldByName("Raw").SetBytes([]byte(pick(f, texts)))
	}
	return true
}

// asAnswered does what the conversion to an answer does beyond reading: k8s.io/kubernetes, pkg/apis/apps/*/conversion.go.
func asAnswered(object runtime.Object) {
	var claims []corev1.PersistentVolumeClaim
	switch set := object.(type) {
	case *appsv1.StatefulSet:
		claims = set.Spec.VolumeClaimTemplates
	case *appsv1beta1.StatefulSet:
		claims = set.Spec.VolumeClaimTemplates
	case *appsv1beta2.StatefulSet:
		claims = set.Spec.VolumeClaimTemplates
	}
	for i := range claims {
		claims[i].SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("PersistentVolumeClaim"))
	}
}
