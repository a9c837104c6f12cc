package analyzer

import (
	"cmp"
	"fmt"
	"go/constant"
	"maps"
	"slices"
	"strconv"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
)

// defaultMismatch finds fallbacks that differ from the default that the registry
// gives, or, where it gives none, between call sites. The fallback is what users
// get while the flag service cannot be reached, so that an outage turns a feature
// on in one place and off in another.
//
// A fallback is an argument of the evaluation, or what a helper around it falls back to:
// the constant that it gives the SDK, or what it returns where the evaluation has failed.
// It is told at each call of the helper whose flag should have another one. Of flags
// that are objects, fields of a container, or settings with a default in their tag,
// it is told where they are declared. Only constants are compared, and test files are
// not looked at.
var defaultMismatch = Rule{
	Name:         "default-mismatch",
	Title:        "a fallback differs from the registry or from other call sites",
	Severity:     SeverityWarning,
	WholeProgram: true,
	Fix:          FixSometimes,
	check:        checkDefaultMismatch,
	finish:       finishDefaultMismatch,
}

// fallback is an evaluation, or the declaration of a flag object, with a constant
// fallback.
type fallback struct {
	*Site
	value registry.Value
	index int // in the list it was made from
}

func fallbacks(sites []Site) []fallback {
	var out []fallback
	for i := range sites {
		s := &sites[i]
		if s.Kind != flagref.Evaluation && s.Kind != flagref.Declaration {
			continue
		}
		if s.Key != "" && s.Dynamic == "" && !s.Test && s.Fallback != nil && s.Param == "" {
			out = append(out, fallback{s, valueOfAny(s.Fallback.Value), i})
		}
	}
	return out
}

// mismatch is a fallback that differs from what it should be.
type mismatch struct {
	fallback
	want  registry.Value
	other *fallback // the call site that differs; nil where the registry does
}

// mismatches compares fallbacks with the rows of their flags, and with each other
// where the row gives no default. Among call sites the most frequent value is
// right, and of equally frequent ones the first.
func mismatches(list []fallback, flag func(string) *registry.Flag) []mismatch {
	var out []mismatch
	byKey := map[string][]fallback{}
	for _, fb := range list {
		row := flag(fb.Key)
		switch {
		case row == nil || row.Default == nil:
			byKey[fb.Key] = append(byKey[fb.Key], fb)
		case row.Default.Type() == registry.TypeJSON || !readAs(&fb, row.Default.Type()):
		case !agree(row.Type, fb.Type): // type-mismatch tells it
		case !row.Default.Equal(fb.value):
			out = append(out, mismatch{fallback: fb, want: *row.Default})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		sites := byKey[key]
		count := map[string]int{}
		for _, fb := range sites {
			count[fb.value.String()]++
		}
		right := sites[0]
		for _, fb := range sites[1:] {
			if count[fb.value.String()] > count[right.value.String()] {
				right = fb
			}
		}
		for _, fb := range sites {
			if !fb.value.Equal(right.value) {
				out = append(out, mismatch{fallback: fb, want: right.value, other: &right})
			}
		}
	}
	slices.SortFunc(out, func(a, b mismatch) int { return cmp.Compare(a.index, b.index) })
	return out
}

// readAs reads a fallback that is text, as the environment and settings have it, as a
// value of the flag's type. It answers false where that cannot be done.
func readAs(fb *fallback, t registry.Type) bool {
	if fb.value.Type() != registry.TypeString || t == registry.TypeString {
		return true
	}
	text := fb.value.String()
	switch t {
	case registry.TypeBool:
		if v, err := strconv.ParseBool(text); err == nil {
			fb.value = registry.Bool(v)
			return true
		}
	case registry.TypeInt:
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			fb.value = registry.Int(v)
			return true
		}
	case registry.TypeFloat:
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			fb.value = registry.Float(v)
			return true
		}
	}
	return false
}

func (m mismatch) message() string {
	value := m.value.String()
	if at := m.Fallback.Helper; at.IsValid() {
		value += " (in the helper, at " + shortPosition(at) + ")"
	}
	if m.other == nil {
		return fmt.Sprintf("the fallback of flag %q is %s, and the registry's default is %s", m.Key, value, m.want)
	}
	return fmt.Sprintf("the fallback of flag %q is %s here and %s at %s", m.Key, value, m.want, shortPosition(m.other.Pos))
}

func checkDefaultMismatch(p *pass) {
	sites := make([]Site, 0, len(p.refs.References))
	for _, ref := range p.refs.References {
		sites = append(sites, newSite(p.Fset, ref))
	}
	for _, m := range mismatches(fallbacks(sites), p.flag) {
		ref := p.refs.References[m.index]
		f := found{ref: ref, node: fallbackNode(ref), message: m.message()}
		if m.other != nil {
			f.related = []relatedNode{{p.refs.References[m.other.index].Node, "another evaluation of the flag"}}
		}
		if text, ok := correctDefault(m); ok {
			lit := literalDefault(ref.DefaultNode)
			f.fix = &nodeFix{
				message: correctDefaultMessage, safety: Unsafe, // it changes what an outage does
				edits: []analysis.TextEdit{{Pos: lit.Pos(), End: lit.End(), NewText: []byte(text)}},
			}
		}
		p.report(f)
	}
}

func finishDefaultMismatch(p *program) {
	for _, m := range mismatches(fallbacks(p.sites), p.flag) {
		f := Finding{Flag: m.Key, Pos: m.Fallback.Pos, End: m.Fallback.End, Message: m.message()}
		if at := m.Fallback.Helper; at.IsValid() {
			f.Related = append(f.Related, Related{Pos: at, Message: "the helper's fallback"})
		}
		if m.other != nil {
			f.Related = append(f.Related, Related{Pos: m.other.Pos, Message: "another evaluation of the flag"})
		}
		if text, ok := correctDefault(m); ok && !m.Generated {
			f.Fixes = []Fix{{Message: correctDefaultMessage, Safety: Unsafe,
				Edits: []Edit{{Start: m.Fallback.LiteralPos, End: m.Fallback.LiteralEnd, New: text}}}}
		}
		p.report(f)
	}
}

const correctDefaultMessage = "Use the registry's default"

// correctDefault is the text of the registry's default, to replace a fallback that is
// written as a literal. Between call sites nobody knows which one is right, so
// there is no fix.
func correctDefault(m mismatch) (string, bool) {
	if m.other != nil || m.want.Type() != m.value.Type() || !m.Fallback.Literal {
		return "", false
	}
	if _, text := m.Fallback.Value.(string); text {
		return strconv.Quote(m.want.String()), true
	}
	return m.want.String(), true
}

// constantValue turns a constant of the code into a flag's value.
func constantValue(c constant.Value) (registry.Value, bool) {
	if c == nil {
		return registry.Value{}, false
	}
	switch c.Kind() {
	case constant.Bool:
		return registry.Bool(constant.BoolVal(c)), true
	case constant.String:
		return registry.String(constant.StringVal(c)), true
	case constant.Int:
		if i, ok := constant.Int64Val(c); ok {
			return registry.Int(i), true
		}
	case constant.Float:
		f, _ := constant.Float64Val(c)
		return registry.Float(f), true
	}
	return registry.Value{}, false
}
