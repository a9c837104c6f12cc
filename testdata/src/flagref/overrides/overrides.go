package overrides

import (
	"maps"

	"flagref/gates"
	"flagref/objects"
	"flagref/sdk"
)

func Set(key string, v bool) { sdk.Override(key, v) }

func On(flag *objects.Flag) { sdk.Override(flag.Name, true) }

func use(v bool) {
	sdk.Override("k", true)                              // want `override k set=true`
	sdk.Override("k", v)                                 // want `override k$`
	sdk.OverrideAll(nil, map[string]bool{
		"a": true,  // want `override a set=true`
		"b": false, // want `override b set=false`
	})
	sdk.Enable(nil, "e")       // want `override e set=true`
	Set("wrapped", false)      // want `override wrapped set=false via`
	On(objects.Literal)        // want `override literal set=true via`
	sdk.Override(objects.Gate.Name(), true) // want `override gate set=true`
	m := map[string]bool{"m": true} // want `override m set=true`
	sdk.OverrideAll(nil, m)
	for _, on := range []bool{true, false} {
		sdk.Override("loop", on) // want `override loop sets=\[true false\]`
	}
	tests := []struct {
		on    bool
		gates map[string]bool
	}{
		{on: true, gates: map[string]bool{"row": true}}, // want `override row set=true`
		{on: false, gates: map[string]bool{"other": false}}, // want `override other set=false`
	}
	for _, tc := range tests {
		sdk.Override("column", tc.on) // want `override column sets=\[true false\]`
		sdk.OverrideAll(nil, tc.gates)
	}
}

// SetAll sets each gate of a map.
func SetAll(gates map[string]bool) {
	for key, on := range gates {
		Set(key, on)
	}
}

func useAll(base map[string]bool) {
	m := make(map[string]bool)
	m["entry"] = true // want `override entry set=true via`
	more := map[string]bool{"copied": false} // want `override copied set=false via`
	maps.Copy(m, more)
	SetAll(m)
	SetAll(map[string]bool{
		"each-a": true,  // want `override each-a set=true via`
		"each-b": false, // want `override each-b set=false via`
	})
	for _, tc := range []struct {
		name  string
		gates map[string]bool
		on    bool
	}{
		{name: "plain"},
		{name: "set", gates: map[string]bool{"in-row": true}, on: true},   // want `override in-row set=true via`
		{name: "again", gates: map[string]bool{"in-row": true}, on: true}, // want `override in-row set=true via`
	} {
		SetAll(tc.gates)
		Set("rows", tc.on) // want `override rows sets=\[true false\] via`
	}
}

// SetFor sets the gates of a map and those that depend on them, by a map of its own.
func SetFor(gates map[string]bool) {
	all := make(map[string]bool)
	var enable func(gate string)
	enable = func(gate string) {
		all[gate] = true
		for _, dep := range deps[gate] {
			enable(dep)
		}
	}
	for gate, on := range gates {
		if on {
			enable(gate)
		}
	}
	for gate, on := range gates {
		all[string(gate)] = on
	}
	sdk.OverrideAll(nil, all)
}

var deps map[string][]string

// SetOneFor sets one gate.
func SetOneFor(gate string, on bool) { SetFor(map[string]bool{gate: on}) }

func useFor() {
	SetFor(map[string]bool{
		"for-a": true, // want `override for-a set=true via`
	})
	SetOneFor("for-one", false) // want `override for-one set=false via`
	var none map[string]bool
	SetFor(none)
	SetFor(nil)
}

func useForEach() {
	for _, tc := range []struct{ gates map[string]bool }{
		{gates: map[string]bool{"for-each": true}}, // want `override for-each set=true via`
		{gates: map[string]bool{
			"for-each": false, // want `override for-each set=false via`
			"for-next": true,  // want `override for-next set=true via`
		}},
		{},
	} {
		for gate, on := range tc.gates {
			SetOneFor(gate, on)
		}
	}
}

// Serve serves the flags of a map by a provider in memory.
func Serve(flags map[string]bool) {
	known := map[string]gates.Memo{}
	for key, on := range flags {
		known[key] = gates.Memo{Serve: "set", Variants: map[string]any{"set": on}}
	}
	gates.Memory(known)
}

func useServe() {
	Serve(map[string]bool{
		"served-a": true,  // want `override served-a set=true via`
		"served-b": false, // want `override served-b set=false via`
	})
	for _, tc := range []struct{ flags map[string]bool }{
		{},
		{flags: map[string]bool{"served-row": true}},  // want `override served-row set=true via`
		{flags: map[string]bool{"served-row": false}}, // want `override served-row set=false via`
	} {
		Serve(tc.flags)
	}
}
