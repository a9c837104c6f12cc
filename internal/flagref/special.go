package flagref

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// setters gives an override the value that the methods set which are called on
// what the call returns; the last one wins.
func (p *state) setters(call *ast.CallExpr, s *set) {
	for outer := p.idx.chained[call]; outer != nil && len(s.Setters) > 0; outer = p.idx.chained[outer] {
		sel := ast.Unparen(outer.Fun).(*ast.SelectorExpr)
		if slices.Contains(s.Setters, sel.Sel.Name) && len(outer.Args) > 0 {
			s.Value = p.eval(outer.Args[0])
		}
	}
}

// spread makes the override of a key and the value beside it, in a loop over a
// map of both, one of the whole map.
func (p *state) spread(s *set) {
	if s.Spread {
		s.Key = p.copiedMaps(s.Key)
		return
	}
	if s.Value == nil || s.Key.node == nil || s.Value.node == nil {
		return
	}
	if loop := p.copied(s.Key.node, s.Value.node); loop != nil {
		s.Key, s.Value, s.Spread = p.eval(loop.X), nil, true
	}
}

// copiedMaps is the map v, where an entry of it is the key and the value of another
// one, in a loop over that one, replaced by it.
func (p *state) copiedMaps(v *value) *value {
	switch v.Kind {
	case kOneOf:
		var out []*value
		for _, e := range v.Elems {
			out = append(out, p.copiedMaps(e))
		}
		return oneOf(out)
	case kMap:
		rest := *v
		rest.Keys, rest.Elems = nil, nil
		var out []*value
		for i, k := range v.Keys {
			if k.node != nil && v.Elems[i].node != nil {
				if loop := p.copied(k.node, v.Elems[i].node); loop != nil {
					out = append(out, p.eval(loop.X))
					continue
				}
			}
			rest.Keys, rest.Elems = append(rest.Keys, k), append(rest.Elems, v.Elems[i])
		}
		if len(out) == 0 {
			return v
		}
		return oneOf(append(out, &rest))
	}
	return v
}

// copied is the loop over a map whose key and value the expressions are; nil if
// they are none.
func (p *state) copied(key, value ast.Expr) *ast.RangeStmt {
	k, v := p.ranged(key, rangeKey), p.ranged(value, rangeValue)
	if k == nil || k != v {
		return nil
	}
	return k
}

// ranged is the loop over a map whose variable e is; nil if it is none.
func (p *state) ranged(e ast.Expr, kind writeKind) *ast.RangeStmt {
	v, ok := p.object(e).(*types.Var)
	if !ok || len(p.idx.writes[v]) != 1 || p.idx.writes[v][0].kind != kind {
		return nil
	}
	loop, ok := p.idx.writes[v][0].node.(*ast.RangeStmt)
	if !ok || !isMap(p.typeOf(loop.X)) {
		return nil
	}
	return loop
}

// contains is slices.Contains(list, key), where a provider names the list as the
// keys that are on; nil if it is not.
func (p *state) contains(call *ast.CallExpr, fn *types.Func) *application {
	if len(call.Args) != 2 || !isNamed(fn, "slices", "Contains") {
		return nil
	}
	v := p.membership(call.Args[0], call.Args[1])
	if v == nil {
		return nil
	}
	return &application{evals: []*eval{v.Flag.Eval}, results: []*value{v}}
}

// membership is the flag whose key is looked for in list; nil if list is none
// that a provider names.
func (p *state) membership(list, key ast.Expr) *value {
	owner, v := p.named(list)
	if v == nil {
		return nil
	}
	spec, ok := p.set.Contains(owner, v)
	if !ok {
		return nil
	}
	e := &eval{Kind: Evaluation, Key: p.eval(key), Provider: spec.Name, Type: registry.TypeBool, Prefixes: spec.Prefixes}
	return &value{Kind: kFlag, Flag: &flagValue{Eval: e, Exact: true}}
}

// detailCall is a call of a method of a details struct.
func (p *state) detailCall(fn *types.Func, f *flagValue, arg func(i int) *value) *application {
	for _, d := range f.Eval.Details {
		if d.Name != fn.Name() || d.Role != provider.RoleParam || d.Key == 0 {
			continue
		}
		e := *f.Eval
		e.Sub, e.Whole, e.Details = arg(d.Key-1), false, nil
		e.Type = registry.TypeUnknown
		if d.Default > 0 {
			e.Default = arg(d.Default - 1)
		}
		if n := fn.Signature().Results().Len(); n > 0 {
			e.Type = provider.ValueType(fn.Signature().Results().At(0).Type())
		}
		return &application{evals: []*eval{&e}, results: []*value{{Kind: kFlag, Flag: &flagValue{Eval: &e, Exact: true}}}}
	}
	return &application{results: []*value{f.detail(fn.Name())}}
}

// limit drops what rows that hold for one type of value say of others: an Istio
// variable that is no bool is no flag. In a generic wrapper the type is not known
// yet; the calls of the wrapper decide.
func (p *state) limit(call *ast.CallExpr, fn *types.Func, app *application) *application {
	var only registry.Type
	t := p.typeOf(call)
	if m, ok := p.set.Declare(fn); ok && m.Row.Only != "" && m.Row.Default != nil {
		if d := m.Row.Default.Index; d >= 0 && d < len(call.Args) {
			only, t = m.Row.Only, p.typeOf(call.Args[d])
			for _, e := range app.evals {
				e.Only = only
			}
		}
	} else if len(app.evals) > 0 {
		only = app.evals[0].Only
		if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
			t = tuple.At(0).Type()
		}
	}
	if _, generic := t.(*types.TypeParam); only == "" || generic || !isBasic(t) || provider.ValueType(t) == only {
		return app
	}
	out := &application{effects: true}
	for range app.results {
		out.results = append(out.results, &value{Kind: kStruct, Names: []string{none}, Elems: []*value{dynamic(none)}})
	}
	return out
}

// markInline marks the evaluation of an object that is declared in the same
// expression, as in env.Register("KEY", true, "").Get().
func (p *state) markInline(app *application, fn *types.Func, recv ast.Expr) {
	call, ok := ast.Unparen(recv).(*ast.CallExpr)
	if _, evaluates := p.set.Evaluate(fn); !ok || !evaluates {
		return
	}
	declares := false
	for _, e := range p.apply(call).evals {
		declares = declares || e.Kind == Declaration
	}
	if !declares {
		return
	}
	for _, e := range app.evals {
		e.Inline = true
	}
	for i, r := range app.results {
		if r.Kind == kFlag {
			f := *r.Flag
			e := *f.Eval
			e.Inline = true
			f.Eval = &e
			app.results[i] = &value{Kind: kFlag, Flag: &f}
		}
	}
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func isStringPointer(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	return ok && (isString(ptr.Elem()) || types.TypeString(ptr.Elem(), nil) == "T")
}

// sprintf is fmt.Sprintf of strings, joined by a format of %s and %v only.
func (p *state) sprintf(call *ast.CallExpr) *value {
	computed := dynamic("the key is put together by fmt.Sprintf")
	format := p.eval(call.Args[0])
	if !format.isString() {
		return computed
	}
	if m := p.pair(format.Text, call.Args[1:]); m != nil {
		return m
	}
	var parts []*value
	args := call.Args[1:]
	for text := format.Text; ; {
		before, after, ok := strings.Cut(text, "%")
		if before != "" || !ok {
			parts = append(parts, stringValue(before))
		}
		if !ok {
			break
		}
		if after == "" || (after[0] != 's' && after[0] != 'v') || len(args) == 0 {
			return computed
		}
		t := p.typeOf(args[0])
		if !types.Identical(t.Underlying(), types.Typ[types.String]) && t.Underlying() != types.Typ[types.UntypedString] {
			return computed
		}
		if types.NewMethodSet(t).Len() > 0 {
			return computed // String or Error decide
		}
		parts = append(parts, p.eval(args[0]))
		text, args = after[1:], args[1:]
	}
	if len(args) > 0 {
		return computed
	}
	if v := concat(parts...); v.Kind != kDynamic {
		return v
	}
	return computed
}

// pair is "%s=%v" of a string and a bool, which the gates of Kubernetes are set by:
// the flag and what it is set to.
func (p *state) pair(format string, args []ast.Expr) *value {
	verbs, ok := strings.CutPrefix(format, "%")
	if !ok || len(args) != 2 || !isString(p.typeOf(args[0])) {
		return nil
	}
	key, set, ok := strings.Cut(verbs, "=%")
	if !ok || key != "s" && key != "v" || set != "v" && set != "t" {
		return nil
	}
	if b, ok := p.typeOf(args[1]).Underlying().(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 {
		return nil
	}
	return &value{Kind: kMap, Keys: []*value{p.eval(args[0])}, Elems: []*value{p.eval(args[1])}}
}
