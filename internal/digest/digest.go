// Package digest makes keys of Go values, for what is kept between runs: equal
// values give equal keys, in every process.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strings"
)

// Sum is a key.
type Sum [sha256.Size]byte

// Hash gathers parts of a key. The bounds between parts count.
type Hash struct{ h hash.Hash }

// New returns a Hash that differs by what its keys are for.
func New(purpose string) *Hash {
	h := &Hash{sha256.New()}
	h.Text(purpose)
	return h
}

// Text adds a text.
func (h *Hash) Text(s string) {
	h.Int(len(s))
	h.h.Write([]byte(s))
}

// Bytes adds bytes.
func (h *Hash) Bytes(b []byte) {
	h.Int(len(b))
	h.h.Write(b)
}

// Int adds a number.
func (h *Hash) Int(n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	h.h.Write(b[:])
}

// Sum adds another key.
func (h *Hash) Sum(s Sum) { h.h.Write(s[:]) }

// Done returns the key.
func (h *Hash) Done() Sum { return Sum(h.h.Sum(nil)) }

// Value adds a value with everything in it that is not of one of the types to
// leave out, unexported fields and what pointers point to included. Functions and
// channels have no key: their place must be among what is left out.
func (h *Hash) Value(v any, without ...reflect.Type) { h.value(reflect.ValueOf(v), without) }

func (h *Hash) value(v reflect.Value, without []reflect.Type) {
	if !v.IsValid() {
		h.Text("none")
		return
	}
	if slices.Contains(without, v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		n := 0
		if v.Bool() {
			n = 1
		}
		h.Int(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		h.Int(int(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		h.Int(int(v.Uint()))
	case reflect.Float32, reflect.Float64:
		h.Text(fmt.Sprint(v.Float()))
	case reflect.String:
		h.Text(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			h.Text("nil")
			return
		}
		h.Text(v.Elem().Type().String())
		h.value(v.Elem(), without)
	case reflect.Slice, reflect.Array:
		h.Int(v.Len())
		for i := range v.Len() {
			h.value(v.Index(i), without)
		}
	case reflect.Map:
		h.Int(v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			h.value(k, without)
			h.value(v.MapIndex(k), without)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			h.value(v.Field(i), without)
		}
	default:
		panic("digest: a " + v.Type().String() + " has no key")
	}
}
