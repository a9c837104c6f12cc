package gateuse

import (
	"fmt"
	"testing"

	"flagref/gates"
)

func TestGates(t *testing.T) {
	Gates.Parse("Old=true,Fresh=false") // want `override Old set=true test` `override Fresh set=false test`
	Gates.Toggle("+Old,-Fresh")         // want `override Old set=true test` `override Fresh set=false test`
	defer with(Gates, Old, true)() // want `override Old set=true obj=Old via=.* test`
	t.Cleanup(with(Gates, Fresh, false)) // want `override Fresh set=false obj=Fresh via=.* test`
	for _, on := range []bool{true, false} {
		with(Gates, Old, on) // want `override Old sets=.true false. obj=Old via=.* test`
	}
	Gates.Parse(fmt.Sprintf("%s=%t", Fresh, true)) // want `override Fresh set=true obj=Fresh test`
	var s gates.Store
	s.Update(s.Flag("built").Other().Value(true)) // want `override built set=true test`
	s.Flag("alone").Value(false)                  // want `override alone set=false test`
	build(&s, "wrapped", true)                    // want `override wrapped set=true via=.* test`
	gates.Memory(map[string]gates.Memo{
		"mem": {Serve: "on", Variants: map[string]any{"on": true, "off": false}}, // want `override mem set=true test`
	})
}

func build(s *gates.Store, key string, v bool) { s.Update(s.Flag(key).Value(v)) }

var tables = func(f func(on bool)) int { return 0 }(func(on bool) {
	with(Gates, Old, on) // want `override Old obj=Old via=.* test`
})

// with sets a gate by a text, and returns what puts it back.
func with(s *gates.Set, n gates.Name, v bool) func() {
	before := s.Enabled(n)
	if err := s.Parse(fmt.Sprintf("%s=%v", n, v)); err != nil {
		panic(fmt.Sprintf("cannot set %s: %v", n, err))
	}
	return func() {
		if err := s.Parse(fmt.Sprintf("%s=%v", n, before)); err != nil {
			panic(err)
		}
	}
}
