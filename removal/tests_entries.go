package removal

import (
	"go/ast"
	"go/constant"
	"slices"
	"strings"
)

// entryTable is a table of Ginkgo's: a closure, and calls of Entry with the
// arguments that it runs with.
type entryTable struct {
	call    *ast.CallExpr
	names   []string
	entries []*ast.CallExpr
}

// entriesOf returns the table that a closure is run for, nil where there is none
// or where not all of its entries are calls of Entry in its arguments.
func (p *testPlan) entriesOf(lit *ast.FuncLit) *entryTable {
	call, ok := p.e.x.parent(lit).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || call.Ellipsis.IsValid() || !p.ofGinkgo(call, "DescribeTable", "DescribeTableSubtree") {
		return nil
	}
	t := &entryTable{call: call}
	if c := p.e.constantOf(call.Args[0]); c != nil && c.Kind() == constant.String {
		t.names = append(t.names, constant.StringVal(c))
	}
	params := lit.Type.Params.NumFields()
	for _, a := range call.Args[1:] {
		entry, ok := ast.Unparen(a).(*ast.CallExpr)
		switch {
		case ok && p.ofGinkgo(entry, "Entry"):
			if len(entry.Args) != params+1 || entry.Ellipsis.IsValid() {
				return nil
			}
			t.entries = append(t.entries, entry)
		case ast.Unparen(a) != ast.Expr(lit) && p.entries(a):
			return nil
		}
	}
	return t
}

// entries reports whether an expression may hold entries of a table.
func (p *testPlan) entries(a ast.Expr) bool {
	t := p.e.x.typeOf(a)
	return t != nil && strings.HasSuffix(t.String(), "TableEntry")
}

// ofGinkgo reports whether a call is of a function of Ginkgo of one of the names,
// focused or pending ones among them.
func (p *testPlan) ofGinkgo(call *ast.CallExpr, names ...string) bool {
	fn := p.e.x.callee(call)
	if fn == nil || fn.Pkg() == nil || !strings.HasPrefix(fn.Pkg().Path(), "github.com/onsi/ginkgo") {
		return false
	}
	return slices.Contains(names, fn.Name()) || len(fn.Name()) > 1 && slices.Contains([]byte("FPX"), fn.Name()[0]) && slices.Contains(names, fn.Name()[1:])
}

// followEntries decides the entries of a table whose closure sets the flag to one
// of its parameters. Those of the dead state go where their names say that they
// are about it; the parameter goes when nothing else needs it.
func (p *testPlan) followEntries(s *site, src source) {
	lit, ok := src.param.(*ast.FuncLit)
	if !ok || s.scope.teardown || len(s.scope.guards) > 0 {
		return
	}
	t := p.entriesOf(lit)
	i := paramIndex(lit.Type, idOf(src.obj))
	if t == nil || i < 0 {
		return
	}
	for _, entry := range t.entries {
		in := *s
		in.value, in.c = entry.Args[i+1], nil
		in.through = func(c constant.Value) constant.Value { return s.meaning(src.given(c)) }
		in.c = in.meaning(p.source(in.value).c)
		names := append(slices.Clone(s.scope.names), t.names...)
		if c := p.e.constantOf(entry.Args[0]); c != nil && c.Kind() == constant.String {
			names = append(names, constant.StringVal(c))
		}
		state := p.stateOf(s.key, in.c)
		switch {
		case state == stateKept:
		case state == stateDead && p.speaksOfDead(&in, names):
			p.dropElement(entry)
		default:
			p.undecided(&in, entry, nil, func() {})
		}
	}
	if slices.ContainsFunc(p.e.x.usesOf(idOf(src.obj)), func(u *ast.Ident) bool {
		return u.Pos() != idOf(src.obj) && !p.goes(u) && !p.isSite(u) // an argument that goes
	}) {
		return
	}
	f, ok := p.e.x.parent(p.e.identAt(idOf(src.obj))).(*ast.Field)
	if !ok {
		return
	}
	if p.names[f] == nil {
		p.names[f] = make([]bool, len(f.Names))
	}
	for k, id := range f.Names {
		p.names[f][k] = p.names[f][k] || id.Pos() == idOf(src.obj)
	}
	for _, entry := range t.entries {
		if p.args[entry] == nil {
			p.args[entry] = make([]bool, len(entry.Args))
		}
		p.args[entry][i+1] = true
	}
}
