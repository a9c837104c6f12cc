package analyzer

import (
	"fmt"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// untestedState finds bool flags that tests put in one state only, or in none.
// One side of each of their branches then goes out without having run once under
// test, and it is the side that everyone gets when the flag is switched.
//
// It is told at the flag's first evaluation, when the program was loaded whole and
// with its tests. A test that sets the flag to what is not constant counts as
// setting both states; what a program sets when it starts is no test. A gate that code registers with a default has that state in
// every test that does not set it, so that setting the other one is enough.
var untestedState = Rule{
	Name:         "untested-state",
	Title:        "tests put a flag in one state only, or in none",
	Severity:     SeverityInfo,
	WholeProgram: true,
	finish:       finishUntestedState,
}

func finishUntestedState(p *program) {
	if !p.scope.Whole || !p.scope.Tests {
		return
	}
	type states struct {
		first   *Site
		on, off bool
		set     *Site
	}
	flags := map[string]*states{}
	var order []string
	at := func(key string) *states {
		if flags[key] == nil {
			flags[key] = &states{}
			order = append(order, key)
		}
		return flags[key]
	}
	for s := range p.of(flagref.Evaluation, flagref.Override) {
		if s.Key == "" || s.Dynamic != "" {
			continue
		}
		st := at(s.Key)
		switch {
		case s.Kind == flagref.Evaluation && !s.Test && s.Type == registry.TypeBool:
			if st.first == nil {
				st.first = &s
			}
		case s.Kind == flagref.Override && (s.Test || s.Support):
			st.on, st.off = st.on || s.SetsOn, st.off || s.SetsOff
			st.set = &s
		}
	}
	for _, key := range order {
		st := flags[key]
		row := p.flag(key)
		if gate := p.code[key]; gate != nil && gate.Default != nil && st.set != nil {
			if on, ok := gate.Default.Any().(bool); ok {
				st.on, st.off = st.on || on, st.off || !on
			}
		}
		if p.suite.cfg.Registry != nil && row == nil {
			continue // unknown-flag tells it
		}
		if st.first == nil || st.on && st.off || row != nil && (row.State == registry.StateRetired || row.Locked) {
			continue
		}
		f := Finding{Flag: key, Pos: st.first.Pos, End: st.first.End}
		switch {
		case st.on:
			f.Message = fmt.Sprintf("tests set flag %q on only: nothing tests it off", key)
		case st.off:
			f.Message = fmt.Sprintf("tests set flag %q off only: nothing tests it on", key)
		default:
			f.Message = fmt.Sprintf("no test sets flag %q", key)
		}
		if st.set != nil {
			f.Related = []Related{{Pos: st.set.Pos, Message: "a test that sets it"}}
		}
		p.report(f)
	}
}
