package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A stage is a write that all code behind it sees, and none before it: an
// assignment in the very block that declares the variable, as in
// key = prefix + key, or b.key = prefix + b.key. Only writes that can make a key
// or a fallback are stages: of strings, and of basic fields of a struct.
type stage struct {
	field *types.Var // nil: the variable as a whole
	write
}

// stagesOf gives the stages of a variable, in their order.
func (x *index) stagesOf(v *types.Var) []stage {
	got, ok := x.stages[v]
	if !ok {
		got = x.findStages(v)
		x.stages[v] = got
	}
	return got
}

func (x *index) findStages(v *types.Var) []stage {
	scope := v.Parent()
	if scope == nil || v.IsField() || v.Pkg() == nil || scope == v.Pkg().Scope() || len(x.writes[v])+len(x.parts[v]) == 0 {
		return nil
	}
	straight := func(w write) bool {
		return w.kind != computed && w.block != nil && (x.bodies[scope] == w.block || x.info.Scopes[w.block] == scope)
	}
	var out []stage
	if isBasicOf(v.Type(), types.IsString) && !x.taken[v] {
		for _, w := range x.writes[v] {
			if w.node.Pos() <= v.Pos() && v.Pos() < w.node.End() {
				continue // its declaration
			}
			if !straight(w) {
				return nil
			}
			out = append(out, stage{nil, w})
		}
	}
	// A field is decided by its stages only if nothing else writes it.
	_, isParam := x.params[v]
	loose := map[*types.Var]bool{}
	for _, w := range x.parts[v] {
		what := types.IsString | types.IsNumeric
		if isParam {
			what |= types.IsBoolean
		}
		if !straight(w.write) || !isBasicOf(w.field.Type(), what) || !isDirect(v.Type(), w.field) {
			loose[w.field] = true
		}
	}
	for _, w := range x.parts[v] {
		if !loose[w.field] {
			out = append(out, stage(w))
		}
	}
	slices.SortStableFunc(out, func(a, b stage) int { return int(a.node.Pos() - b.node.Pos()) })
	if len(out) > 0 && x.outOfOrder(v, out[0].block, out[len(out)-1].node.End()) {
		return nil
	}
	return out
}

// outOfOrder reports whether code of a block may run out of its order: a function
// literal that begins before end and uses the variable, or a goto.
func (x *index) outOfOrder(v *types.Var, block ast.Node, end token.Pos) bool {
	used := false
	ast.Inspect(block, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
			used = true
		}
		lit, ok := n.(*ast.FuncLit)
		if !ok || lit.Pos() >= end {
			return !used
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && x.info.Uses[id] == v {
				used = true
			}
			return !used
		})
		return false
	})
	return used
}

// isStage reports whether a write to a variable, or to one of its fields, is one
// of its stages.
func (x *index) isStage(v, field *types.Var, node ast.Node) bool {
	return slices.ContainsFunc(x.stagesOf(v), func(s stage) bool { return s.field == field && s.node == node })
}

// isDirect reports whether f is a field of the struct t, or t points to, itself.
func isDirect(t types.Type, f *types.Var) bool {
	st, ok := structOf(t)
	if !ok {
		return false
	}
	for own := range st.Fields() {
		if own.Origin() == f {
			return true
		}
	}
	return false
}

func isBasicOf(t types.Type, what types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&what != 0
}

// evalAt finds the value that a variable has at a place of its function.
func (p *state) evalAt(v *types.Var, pos token.Pos) *value {
	stages := p.idx.stagesOf(v)
	n := 0
	for n < len(stages) && stages[n].node.End() <= pos {
		n++
	}
	return p.evalStage(v, n)
}

// staged names a variable behind its first stages.
type staged struct {
	v *types.Var
	n int
}

// evalStage finds the value of a variable behind its first n stages.
func (p *state) evalStage(v *types.Var, n int) *value {
	id := staged{v, n}
	if got, ok := p.vars[id]; ok {
		if got == nil {
			got = circular()
			p.vars[id] = got
		}
		return got
	}
	p.vars[id] = nil // in the works
	var got *value
	if n == 0 {
		got = p.variable(v)
	} else {
		last := p.idx.stagesOf(v)[n-1]
		got = p.written(last.write)
		if last.field != nil {
			got = p.withPart(p.evalStage(v, n-1), v.Type(), last.field.Name(), got)
		}
	}
	p.vars[id] = got
	return got
}

// restField is the pseudo-field of a struct that holds the object which has all
// fields that are not given.
const restField = "#rest"

// withPart returns the object x of type t with a field that is written. What
// flags are kept in fields is found where these are read.
func (p *state) withPart(x *value, t types.Type, name string, w *value) *value {
	if w.Kind == kFlag {
		return x
	}
	switch x.Kind {
	case kStruct:
		out := *x
		out.Names, out.Elems = slices.Clone(x.Names), slices.Clone(x.Elems)
		if i := slices.Index(out.Names, name); i >= 0 {
			out.Elems[i] = w
		} else {
			out.Names, out.Elems = append(out.Names, name), append(out.Elems, w)
		}
		if i := slices.Index(out.Names, keyField); i >= 0 {
			out.Names, out.Elems = slices.Delete(out.Names, i, i+1), slices.Delete(out.Elems, i, i+1)
		}
		return p.asObject(&out, t)
	case kParam, kField, kIndex, kCall, kApplied, kDynamic:
		return p.asObject(&value{Kind: kStruct, Text: typeName(t), Names: []string{name, restField}, Elems: []*value{w, x}}, t)
	}
	return x
}

// merged takes the fields of the rest of a struct, once it is known, into it.
func merged(v *value) *value {
	i := slices.Index(v.Names, restField)
	if v.Kind != kStruct || i < 0 || v.Elems[i].Kind != kStruct {
		return v
	}
	rest := v.Elems[i]
	out := *v
	out.Names, out.Elems = slices.Delete(slices.Clone(v.Names), i, i+1), slices.Delete(slices.Clone(v.Elems), i, i+1)
	for k, name := range rest.Names {
		if !slices.Contains(out.Names, name) {
			out.Names, out.Elems = append(out.Names, name), append(out.Elems, rest.Elems[k])
		}
	}
	return &out
}
