package flagref

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// evalVar finds the value of a parameter, local or package variable; of one with
// stages, behind the last of them.
func (p *state) evalVar(v *types.Var) *value {
	return p.evalStage(v, len(p.idx.stagesOf(v)))
}

// variable is the value of a variable, but for its stages.
func (p *state) variable(v *types.Var) *value {
	if v.Pkg() != nil && v.Pkg() != p.pass.Pkg && v.Parent() == v.Pkg().Scope() {
		return p.facts.variable(p, v)
	}
	if got := p.fixed[v]; got != nil {
		return got
	}
	if got := p.decoded[v]; got != nil {
		return got
	}
	var vals []*value
	if ref, ok := p.idx.params[v]; ok {
		par := param(ref.fn, ref.index)
		if name := typeName(v.Type()); name != "" && !types.IsInterface(v.Type()) {
			par.Names = []string{name}
		}
		vals = append(vals, par)
	}
	shared := v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && !p.inTest(v)
	if p.idx.taken[v] && isBasic(v.Type()) {
		return dynamic("the variable " + v.Name() + " is set through its address")
	}
	var zeroed, only *write
	var appended []*ast.CallExpr
	for i, w := range p.idx.writes[v] {
		if shared && w.test {
			continue // production code decides
		}
		if p.idx.isStage(v, nil, w.node) {
			continue
		}
		if w.kind == zero {
			zeroed = &p.idx.writes[v][i]
			continue
		}
		if call := p.appendTo(v, w); call != nil {
			appended = append(appended, call)
			continue
		}
		only = &p.idx.writes[v][i]
		vals = append(vals, p.written(w))
	}
	if len(vals) == 0 && zeroed != nil {
		if isMap(v.Type()) {
			vals = append(vals, &value{Kind: kMap})
		}
		if len(appended) > 0 {
			vals = append(vals, &value{Kind: kList})
		}
		if isTypeParam(v.Type()) && !p.idx.taken[v] {
			vals = append(vals, zeroOf(v.Type()))
		}
		if _, ok := structOf(v.Type()); ok {
			vals = append(vals, &value{Kind: kStruct, Text: typeName(v.Type())})
		}
	}
	if len(vals) == 0 {
		return dynamic("the variable " + v.Name() + " has no value that is known")
	}
	got := join(vals)
	if got.Kind == kDynamic && len(vals) > 1 {
		return dynamic("the variable " + v.Name() + " is assigned more than one value")
	}
	if len(appended) > 0 {
		got = p.withAppended(got, appended)
	}
	if zeroed != nil && got.Kind == kFlag && (len(vals) > 1 || only.block != zeroed.block) {
		got = inexact(got) // it may be read before it is written
	}
	if got.Kind == kMap && !shared {
		got = p.withEntries(got, v)
	}
	if parts := p.idx.parts[v]; len(parts) > 0 && got.Kind == kStruct {
		got = p.withParts(got, v, parts, shared)
	}
	return got
}

// appendTo is the call of a write such as v = append(v, …), nil if it is another.
func (p *state) appendTo(v *types.Var, w write) *ast.CallExpr {
	if w.kind != assigned {
		return nil
	}
	call, ok := ast.Unparen(w.rhs).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 || p.idx.variable(call.Args[0]) != v {
		return nil
	}
	if b, ok := p.info.Uses[identOf(call.Fun)].(*types.Builtin); !ok || b.Name() != "append" {
		return nil
	}
	return call
}

func identOf(e ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(e).(*ast.Ident)
	return id
}

// withAppended returns the list l with what is appended to it later, sometimes or
// always, so that the places of its elements are not known.
func (p *state) withAppended(l *value, appended []*ast.CallExpr) *value {
	if l.Kind != kList {
		return dynamic("the list of keys is not known")
	}
	out := &value{Kind: kList, Index: 1, Elems: slices.Clone(l.Elems)}
	for _, call := range appended {
		for i, a := range call.Args[1:] {
			e := p.eval(a)
			switch {
			case i < len(call.Args)-2 || !call.Ellipsis.IsValid():
				out.Elems = append(out.Elems, e)
			case e.Kind == kList:
				out.Elems = append(out.Elems, e.Elems...)
			default:
				out.Elems = append(out.Elems, p.indexValue(e, dynamic("the index changes")))
			}
		}
	}
	if len(out.Elems) > maxElems {
		return dynamic("the list of keys is too long")
	}
	return out
}

// inTest reports whether an object is declared in a test file.
func (p *state) inTest(obj types.Object) bool {
	return strings.HasSuffix(p.pass.Fset.Position(obj.Pos()).Filename, "_test.go")
}

// written is the value that a write gives.
func (p *state) written(w write) *value {
	switch w.kind {
	case assigned:
		return p.eval(w.rhs)
	case tuple:
		return p.evalTuple(w.rhs, w.index)
	case rangeValue:
		return p.indexValue(p.eval(w.rhs), dynamic("the index changes"))
	case rangeKey:
		if t := p.typeOf(w.rhs); isMap(t) {
			return keyOf(p.eval(w.rhs))
		}
	}
	return dynamic("the value is computed at run time")
}

// evalTuple finds result i of an expression with several.
func (p *state) evalTuple(e ast.Expr, i int) *value {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if app := p.apply(x); i < len(app.results) {
			return app.results[i]
		}
	case *ast.IndexExpr:
		if i == 0 {
			return p.eval(x)
		}
	case *ast.TypeAssertExpr:
		if i == 0 {
			return p.eval(x.X)
		}
	}
	return dynamic("the value is computed at run time")
}

// withEntries returns the map m that the local v holds with what is put in it
// later: entries, and whole maps by maps.Copy or entry by entry in a loop.
func (p *state) withEntries(m *value, v *types.Var) *value {
	entries, copies := p.idx.entries[v], p.idx.copies[v]
	if len(entries)+len(copies) == 0 {
		return m
	}
	out := *m
	out.Keys, out.Elems = slices.Clone(m.Keys), slices.Clone(m.Elems)
	for _, e := range entries {
		if loop := p.copied(e.key, e.value); loop != nil {
			copies = append(slices.Clip(copies), loop.X)
		}
	}
	whole := len(copies) > 0
	for _, e := range entries {
		// A copy says which keys there are; what else computes keys works on these.
		if whole && !p.eval(e.key).isString() {
			continue
		}
		out.Keys = append(out.Keys, p.eval(e.key))
		out.Elems = append(out.Elems, p.eval(e.value).within(e.node))
	}
	alternatives := []*value{&out}
	for _, src := range copies {
		alternatives = append(alternatives, p.eval(src))
	}
	return oneOf(alternatives)
}

// withParts returns the struct s that v holds with the fields that later
// assignments set, but for its stages.
func (p *state) withParts(s *value, v *types.Var, parts []partWrite, shared bool) *value {
	out := *s
	out.Names = append([]string(nil), s.Names...)
	out.Elems = append([]*value(nil), s.Elems...)
	set := map[string][]*value{}
	var order []string
	for _, w := range parts {
		if w.test && shared || p.idx.isStage(v, w.field, w.node) {
			continue
		}
		name := w.field.Name()
		if set[name] == nil {
			order = append(order, name)
		}
		set[name] = append(set[name], p.written(w.write))
	}
	for _, name := range order {
		vals := set[name]
		i := -1
		for k, n := range out.Names {
			if n == name {
				i = k
			}
		}
		if i >= 0 {
			out.Elems[i] = join(append([]*value{out.Elems[i]}, vals...))
		} else {
			out.Names = append(out.Names, name)
			out.Elems = append(out.Elems, join(vals))
		}
	}
	return &out
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// fieldFixed is the flag that a field stands for because a call says so, in this
// package or, by a fact, in its own; nil if it stands for none.
func (p *state) fieldFixed(f *types.Var) *value {
	if got := p.fixed[f]; got != nil {
		return got
	}
	if f.Pkg() == p.pass.Pkg {
		return nil
	}
	got := p.facts.field(p, f)
	if got != nil && (got.Kind == kFlag && got.Flag.Eval.Inline || got.Kind == kStruct && slices.Contains(got.Names, keyField)) {
		return got
	}
	return nil
}

// fieldValue is what every object's field holds, if that is known: all writers
// agree on a value that depends on no caller. Nil: not known.
func (p *state) fieldValue(f *types.Var) *value {
	if got := p.fixed[f]; got != nil {
		return got
	}
	if f.Pkg() != p.pass.Pkg {
		return p.facts.field(p, f)
	}
	if got, ok := p.fields[f]; ok {
		return got
	}
	p.fields[f] = nil
	var vals []*value
	for _, w := range p.idx.writes[f] {
		if w.test && !p.inTest(f) {
			continue // production code decides
		}
		v := p.written(w)
		if v.Kind == kFunc {
			v = p.detached(v)
		}
		vals = append(vals, v)
	}
	if len(vals) == 0 {
		return nil
	}
	got := join(vals)
	if got.Kind == kDynamic || got.symbolic() || !got.telling() {
		return nil
	}
	if got.Kind == kFlag && (len(vals) > 1 || p.idx.omitted[f]) {
		got = inexact(got)
	}
	p.fields[f] = got
	return got
}
