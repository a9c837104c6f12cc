// Package tables takes keys from tables: by an enumeration, by what a request
// says, from lists that grow.
package tables

import (
	"context"
	"fmt"
	"strings"

	"flagref/sdk"
)

var client *sdk.Client

func on(key string) bool { return client.Bool(context.TODO(), strings.TrimSpace(key), false) }

// Feature is an enumeration whose names are an array.
type Feature int

const (
	One Feature = iota
	Two
)

var names = [...]string{"enum-one", "enum-two"}

func (f Feature) String() string { return names[f] }

func (f Feature) On() bool { return on(f.String()) }

// Switched is one whose names are a switch.
type Switched uint8

const (
	A Switched = iota + 1
	B
	C
)

func (s Switched) Key() string {
	switch s {
	case A:
		return "switch-a"
	case B, C:
		return "switch-bc"
	default:
		return "switch-unknown"
	}
}

func OnSwitched(s Switched) bool { return on(s.Key()) }

func (s Switched) Name() string {
	switch s {
	case A:
		return "name-a"
	}
	return fmt.Sprintf("Switched(%d)", s)
}

var mapped = map[Switched]string{A: "map-a", B: "map-b"}

func OnMapped(s Switched) bool { return on(mapped[s]) }

// At has an index that is data, so that any may be meant.
func At(i int) bool {
	return on(names[i]) // want `evaluation enum-one .*multi` `evaluation enum-two .*multi`
}

func enums(s Switched) {
	One.On()        // want `evaluation enum-one default=false exact`
	Feature(1).On() // want `evaluation enum-two default=false exact`
	for _, f := range []Feature{One, Two} {
		f.On() // want `evaluation enum-one .*multi` `evaluation enum-two .*multi`
	}
	OnSwitched(A)                     // want `evaluation switch-a default=false exact`
	OnSwitched(C)                     // want `evaluation switch-bc default=false exact`
	OnSwitched(9)                     // want `evaluation switch-unknown default=false exact`
	OnSwitched(read())                // want `evaluation switch-a .*multi` `evaluation switch-bc .*multi` `evaluation switch-unknown .*multi`
	client.IsOff(A.Name())            // want `evaluation name-a negated exact`
	client.IsOff(Switched(7).Name())  // want `evaluation dynamic: `
	OnMapped(B)                       // want `evaluation map-b default=false exact`
}

func read() Switched { return Switched(len(names)) }

type request struct{ Path string }

var gated = map[string]string{"/a": "path-a", "/b": "path-b"}

type route struct {
	path string
	flag string
}

var routes = []route{{path: "/open"}, {path: "/gated", flag: "row"}}

func serve(r *request) {
	if key, ok := gated[r.Path]; ok && on(key) { // want `evaluation path-a .*multi` `evaluation path-b .*multi`
		return
	}
	for path, key := range gated {
		if r.Path == path && on(key) { // want `evaluation path-a .*multi` `evaluation path-b .*multi`
			return
		}
	}
	for _, rt := range routes {
		if rt.flag != "" && on(rt.flag) { // want `evaluation row default=false`
			return
		}
	}
}

func grow(more bool) {
	keys := []string{"first"}
	keys = append(keys, "second", "third")
	if more {
		keys = append(keys, []string{"fourth"}...)
	}
	for _, k := range keys {
		on(k) // want `evaluation first .*multi` `evaluation second .*multi` `evaluation third .*multi` `evaluation fourth .*multi`
	}
	var late []string
	for _, k := range []string{"x", "y"} {
		late = append(late, "late."+k)
	}
	client.Many(late) // want `evaluation late.x .*multi` `evaluation late.y .*multi`
	on(late[0])       // want `evaluation late.x .*multi` `evaluation late.y .*multi`
}

func unknown() {
	keys := []string{"known"}
	keys = append(keys, load()...)
	for _, k := range keys {
		on(k) // want `evaluation dynamic: ` `evaluation known .*multi`
	}
}

func load() []string { return strings.Fields(fmt.Sprint(client)) }

// partly has a list of which one element is not known: the others are.
func partly(more string) {
	for _, key := range []string{"part-one", "part-two", fmt.Sprint(more)} {
		on(key) // want `evaluation dynamic: ` `evaluation part-one .*multi` `evaluation part-two .*multi`
	}
	keys := []string{"part-three"}
	keys = append(keys, fmt.Sprint(more))
	for _, key := range keys {
		on(key) // want `evaluation dynamic: ` `evaluation part-three .*multi`
	}
	client.Many([]string{"part-four", fmt.Sprint(more)}) // want `evaluation dynamic: ` `evaluation part-four .*multi`
}
