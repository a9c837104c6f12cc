package flagref

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// summary is what a function does with flags, in terms of its parameters: the
// evaluations whose key its caller decides, and what its results are. An
// evaluation whose key is known inside the function is a reference there, and
// shows here only through the results.
type summary struct {
	Evals   []*eval
	Sets    []*set
	Calls   []*deferred // of functions that the caller gives
	Results []*value
	// Effects: the function does more than evaluate.
	Effects bool
	// evalAt is where the evaluations are, by what they are; add makes it.
	evalAt map[string]int
}

// eval is an evaluation of a flag.
type eval struct {
	Key     *value
	List    bool   // Key is a list of keys
	Sub     *value // second-level key, or nil
	Default *value // fallback, or nil
	// DefaultAt is where a helper makes the fallback a constant that its callers
	// cannot change, if one does.
	DefaultAt position
	Provider  string
	Type      registry.Type
	Details   []detail
	// Callback is one more than the index of the argument that the evaluation
	// runs when the flag is CallbackWhen; 0: none.
	Callback     int
	CallbackWhen bool
	// Idle: the call of the wrapper that the evaluation is seen through does nothing
	// when the flag is IdleWhen.
	Idle, IdleWhen bool
	Kind           RefKind // Evaluation, Mention or Declaration
	// Inline: the flag is declared in the very expression that evaluates it, and
	// lives on in the variable that takes the value.
	Inline bool
	// Tagged: the fallback is written in the tag of the field that holds the flag.
	Tagged bool
	// Pointer: what holds the flag is a pointer to its value.
	Pointer bool
	// Only limits the evaluation to values of this type.
	Only registry.Type
	// Prefixes, where not empty, limit the keys to those that start with one of
	// them or that a registry names.
	Prefixes []string
	// Sentinel is the variant that the SDK returns for an unknown flag.
	Sentinel string
	// Whole: the call reads every flag; there is no key.
	Whole bool
	// Entry: an entry of the map that a call returned.
	Entry bool
	// Foreign: a function of a dependency names the key.
	Foreign bool
	Via     []position
	Way     way
}

// set is an override of a flag.
type set struct {
	Key    *value
	Value  *value // what is set, or nil
	Spread bool   // Key is a map from key to value, or a list of keys that are set to true
	// SpreadField is the field of the map's values that holds the value; Variants
	// the field beside it that maps variant names to values.
	SpreadField string
	Variants    string
	Pairs       string   // Key is "A=true,B=false", or with "+-" "+a,-b"
	Setters     []string // methods of the call chain that give the value
	Apply       []string // functions that take the chain
	Address     bool     // Key is the address of a variable that holds the flag's value
	Provider    string
	Prefixes    []string
	Via         []position
	Way         way
}

// deferred is a call of a function that a parameter gives: what it evaluates is
// known where the parameter is.
type deferred struct {
	Fn   *value
	Args []*value
	Via  []position
}

// String renders the call canonically.
func (d *deferred) String() string {
	return (&value{Kind: kApplied, Elems: append([]*value{d.Fn}, d.Args...)}).String()
}

func (d *deferred) anyParam(match func(fn string) bool) bool { return d.Fn.anyParam(match) }

// names reports whether the flag of a key is among those that are set.
func (s *set) names(key *value) bool {
	if same(s.Key, key) {
		return true
	}
	return s.Key.Kind == kMap && slices.ContainsFunc(s.Key.Keys, func(k *value) bool { return same(k, key) })
}

// through returns the call as the caller at pos sees it.
func (d *deferred) through(pos position) *deferred {
	c := *d
	c.Via = append([]position{pos}, d.Via...)
	return &c
}

// detail tells the role of a field or method of a details struct. Key and Default
// are one more than the indices of the arguments of a method that reads a
// second-level key; 0: none.
type detail struct {
	Name, Role   string
	Key, Default int
}

// position is a token.Position that facts carry.
type position struct {
	File         string
	Line, Column int
}

func (p position) token() token.Position {
	return token.Position{Filename: p.File, Line: p.Line, Column: p.Column}
}

// String renders the evaluation canonically, without the way to it.
func (e *eval) String() string {
	return fmt.Sprintf("%s[%v %v]%s%v", e.Provider, e.Key, e.Sub, e.Kind, e.Whole)
}

func (e *eval) anyParam(match func(fn string) bool) bool {
	return e.Key.anyParam(match) || e.Sub.anyParam(match)
}

// String renders the override canonically.
func (s *set) String() string {
	return fmt.Sprintf("%s[%v=%v]%v", s.Provider, s.Key, s.Value, s.Spread)
}

func (s *set) anyParam(match func(fn string) bool) bool {
	if s.Key.Kind == kMap {
		return slices.ContainsFunc(s.Key.Keys, func(k *value) bool { return k.anyParam(match) }) // what they are set to does not name a flag
	}
	return s.Key.anyParam(match)
}

// String renders the summary canonically.
func (s *summary) String() string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	for _, e := range s.Evals {
		b.WriteString(e.String() + e.Way.text() + ";")
	}
	for _, e := range s.Sets {
		b.WriteString("set " + e.String() + e.Way.text() + ";")
	}
	for _, e := range s.Calls {
		b.WriteString(e.String() + ";")
	}
	for _, r := range s.Results {
		b.WriteString("->")
		r.write(&b)
	}
	if s.Effects {
		b.WriteString("!")
	}
	return b.String()
}

func (s *summary) anyParam(match func(fn string) bool) bool {
	for _, e := range s.Evals {
		if e.anyParam(match) {
			return true
		}
	}
	for _, e := range s.Sets {
		if e.anyParam(match) {
			return true
		}
	}
	for _, e := range s.Calls {
		if e.anyParam(match) {
			return true
		}
	}
	for _, r := range s.Results {
		if r.anyParam(match) {
			return true
		}
	}
	return false
}

// add adds the evaluation unless the summary has it. What is made on two ways, it is
// made under the guards that both have; two that differ in the fallback have none that
// is known.
func (s *summary) add(e *eval) {
	text := e.String()
	if s.evalAt == nil || len(s.evalAt) != len(s.Evals) {
		s.evalAt = map[string]int{}
		for i, o := range s.Evals {
			s.evalAt[o.String()] = i
		}
	}
	i, ok := s.evalAt[text]
	if !ok {
		s.evalAt[text] = len(s.Evals)
		s.Evals = append(s.Evals, e)
		return
	}
	o := s.Evals[i]
	same, agree := o.Way.text() == e.Way.text(), sameFallback(o, e)
	if len(e.Via) < len(o.Via) {
		o = e // the shorter way tells more
	}
	if !same {
		c := *o
		c.Way.Guards = nil
		o = &c
	}
	if !agree {
		o = o.fallingBack(dynamic("there are several"), position{})
	}
	s.Evals[i] = o
}

// addSet adds the override unless the summary has it.
func (s *summary) addSet(e *set) {
	text := e.String()
	for i, o := range s.Sets {
		if o.String() != text {
			continue
		}
		if o.Way.text() != e.Way.text() {
			c := *o
			c.Way.Guards = nil
			s.Sets[i] = &c
		}
		return
	}
	s.Sets = append(s.Sets, e)
}

// addCall adds the call of a parameter unless the summary has it. Calls beyond
// what is bounded are left out: the evaluations in what callers give there are
// then found where they are written only.
func (s *summary) addCall(d *deferred) {
	if len(s.Calls) >= maxCalls || !(&value{Elems: append([]*value{d.Fn}, d.Args...)}).bounded(maxParts) {
		return
	}
	text := d.String()
	for _, o := range s.Calls {
		if o.String() == text {
			return
		}
	}
	s.Calls = append(s.Calls, d)
}

// limit leaves out what decorators make of the keys of other decorators, beyond what is
// bounded: the more there are on the way, the sooner. Each that makes another key
// of the one that it gets would otherwise double them, round by round.
func (s *summary) limit() {
	if len(s.Evals) > maxRecursive {
		s.evalAt = nil
		s.Evals = limited(s.Evals, func(e *eval) way { return e.Way })
	}
	if len(s.Sets) > maxRecursive {
		s.Sets = limited(s.Sets, func(e *set) way { return e.Way })
	}
}

func limited[E any](list []E, of func(E) way) []E {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b E) int { return cmp.Compare(len(of(a).Methods), len(of(b).Methods)) })
	n := 0
	return slices.DeleteFunc(list, func(e E) bool {
		n++
		return n > maxRecursive && of(e).decorated()
	})
}

// empty reports whether the summary tells an importer nothing.
func (s *summary) empty() bool {
	if s == nil {
		return true
	}
	if len(s.Evals) > 0 || len(s.Sets) > 0 || len(s.Calls) > 0 {
		return false
	}
	for _, r := range s.Results {
		if r.telling() {
			return false
		}
	}
	return true
}

// pending reports whether a result waits for a recursive call.
func (s *summary) pending() bool {
	return slices.ContainsFunc(s.Results, func(r *value) bool { return r.Kind == kDynamic && r.Text == pending })
}

// telling reports whether an importer can learn something from the value of a
// result, variable or field: it holds a flag, a string constant, a parameter, or
// a function that evaluates.
func (v *value) telling() bool {
	if v == nil {
		return false
	}
	switch v.Kind {
	case kFlag, kIndex, kKeyOf, kApplied:
		return true
	case kParam, kField, kConcat, kPure:
		return true
	case kCall:
		return len(v.Names) == 0
	case kConst:
		return v.isString() && v.Text != ""
	case kFunc:
		return v.Func.Name != "" || !v.Func.Sum.empty()
	}
	return slices.ContainsFunc(v.Elems, (*value).telling) || slices.ContainsFunc(v.Keys, (*value).telling)
}
