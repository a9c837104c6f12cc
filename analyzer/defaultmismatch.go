package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
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
// Only constant fallbacks are compared that stand at the call, or where a flag of an
// SDK is declared; what a helper falls back to is not told at each of its calls. Test
// files are not looked at.
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
	ref   *flagref.Reference
	value registry.Value
	index int // in the list it was made from
}

func fallbacks(refs []*flagref.Reference) []fallback {
	var out []fallback
	for i, ref := range refs {
		if ref.Kind != flagref.Evaluation && ref.Kind != flagref.Declaration {
			continue
		}
		if ref.Key == "" || ref.Dynamic != "" || ref.Test || ref.DefaultNode == nil || ref.Param != "" {
			continue
		}
		if v, ok := constantValue(ref.Default); ok {
			out = append(out, fallback{ref, v, i})
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
		row := flag(fb.ref.Key)
		switch {
		case row == nil || row.Default == nil:
			byKey[fb.ref.Key] = append(byKey[fb.ref.Key], fb)
		case row.Default.Type() == registry.TypeJSON:
		case !agree(row.Type, fb.ref.Type): // type-mismatch tells it
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

func (m mismatch) message(where string) string {
	if m.other == nil {
		return fmt.Sprintf("the fallback of flag %q is %s, and the registry's default is %s", m.ref.Key, m.value, m.want)
	}
	return fmt.Sprintf("the fallback of flag %q is %s here and %s at %s", m.ref.Key, m.value, m.want, where)
}

func checkDefaultMismatch(p *pass) {
	for _, m := range mismatches(fallbacks(p.refs.References), p.flag) {
		f := found{ref: m.ref, node: m.ref.DefaultNode, fix: correctDefault(m)}
		if m.other != nil {
			f.message = m.message(shortPosition(p.Fset.Position(m.other.ref.Node.Pos())))
			f.related = []relatedNode{{m.other.ref.Node, "another evaluation of the flag"}}
		} else {
			f.message = m.message("")
		}
		p.report(f)
	}
}

func finishDefaultMismatch(p *program) {
	var refs []*flagref.Reference
	for _, s := range p.sites {
		refs = append(refs, s.Reference)
	}
	for _, m := range mismatches(fallbacks(refs), p.flag) {
		s := p.sites[m.index]
		f := Finding{
			Flag: m.ref.Key,
			Pos:  s.pkg.Fset.Position(m.ref.DefaultNode.Pos()),
			End:  s.pkg.Fset.Position(m.ref.DefaultNode.End()),
		}
		if m.other != nil {
			pos := p.sites[m.other.index].pos
			f.Message = m.message(shortPosition(pos))
			f.Related = []Related{{Pos: pos, Message: "another evaluation of the flag"}}
		} else {
			f.Message = m.message("")
		}
		if fix := correctDefault(m); fix != nil && !m.ref.Generated {
			out := Fix{Message: fix.message, Safety: fix.safety}
			for _, e := range fix.edits {
				out.Edits = append(out.Edits, Edit{Start: s.pkg.Fset.Position(e.Pos), End: s.pkg.Fset.Position(e.End), New: string(e.NewText)})
			}
			f.Fixes = []Fix{out}
		}
		p.report(f)
	}
}

// correctDefault replaces a fallback that is written as a literal by the
// registry's default. Between call sites nobody knows which one is right, so
// there is no fix.
func correctDefault(m mismatch) *nodeFix {
	if m.other != nil || m.want.Type() != m.value.Type() {
		return nil
	}
	x := ast.Unparen(m.ref.DefaultNode)
	switch n := x.(type) {
	case *ast.BasicLit:
	case *ast.Ident:
		if n.Name != "true" && n.Name != "false" {
			return nil
		}
	default:
		return nil
	}
	text := m.want.String()
	if m.want.Type() == registry.TypeString {
		text = strconv.Quote(text)
	}
	return &nodeFix{
		message: "Use the registry's default",
		safety:  Unsafe, // it changes what an outage does
		edits:   []analysis.TextEdit{{Pos: x.Pos(), End: x.End(), NewText: []byte(text)}},
	}
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
