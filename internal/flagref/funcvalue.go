package flagref

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// deferCall is a call of a function that a parameter gives. Only one that is
// given a string can be given a key.
func (p *state) deferCall(call *ast.CallExpr, fn *value) *application {
	app := &application{}
	sig, ok := p.typeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || call.Ellipsis.IsValid() {
		return app
	}
	d := &deferred{Fn: fn}
	named := false
	for _, a := range call.Args {
		v := p.eval(a)
		named = named || v.isString() || v.symbolic() && canBeString(p.typeOf(a))
		d.Args = append(d.Args, v)
	}
	if !named {
		app.effects = true
		return app
	}
	app.calls = []*deferred{d}
	for i := range sig.Results().Len() {
		app.results = append(app.results, &value{Kind: kApplied, Index: i, Elems: append([]*value{fn}, d.Args...)})
	}
	return app
}

// canBeString reports whether t is a string type, or a type parameter.
func canBeString(t types.Type) bool {
	_, param := types.Unalias(t).(*types.TypeParam)
	return param || isString(t)
}

// applyTo is the call of a function value with arguments whose values are known.
func (p *state) applyTo(f *funcValue, args []*value) *application {
	if p.nested > maxDepth {
		return nil
	}
	p.nested++
	defer func() { p.nested-- }()
	arg := func(sig *types.Signature) func(i int) *value {
		return func(i int) *value {
			switch {
			case sig != nil && sig.Variadic() && i == sig.Params().Len()-1 && i <= len(args):
				return &value{Kind: kList, Elems: args[i:]}
			case i >= 0 && i < len(args):
				return args[i]
			}
			return dynamic("the call has no such argument")
		}
	}
	if f.Sum != nil {
		return p.bind(f.Sum, binding{f.ID, arg(nil)})
	}
	fn := p.function(f.Name)
	if fn == nil {
		return nil
	}
	sum, recv := p.summaryOf(fn), f.Bound
	if f.Expr && len(args) > 0 {
		recv, args = args[0], args[1:]
	}
	if recv != nil && types.IsInterface(recvType(fn)) && p.builtin[fn] == nil {
		if m, s, r := p.devirtualize(recv, fn.Name()); s != nil {
			fn, sum, recv = m, s, r
		}
	}
	if sum == nil {
		return nil
	}
	params := arg(fn.Signature())
	return p.bind(sum, binding{"", func(i int) *value {
		if i >= 0 {
			return params(i)
		}
		if recv == nil {
			return dynamic("the object is not known at build time")
		}
		return recv
	}})
}

// applyAny is a call of one of several functions.
func (p *state) applyAny(call *ast.CallExpr, v *value) *application {
	out := &application{effects: true}
	for _, f := range v.Elems {
		if f.Kind != kFunc {
			return out
		}
	}
	for _, f := range v.Elems {
		out.evals = append(out.evals, p.applyValue(call, f.Func).evals...)
	}
	return out
}

// applyValue is a call of a function value.
func (p *state) applyValue(call *ast.CallExpr, f *funcValue) *application {
	if f.Sum != nil {
		sig, _ := p.typeOf(call.Fun).Underlying().(*types.Signature)
		if sig == nil {
			return &application{effects: true}
		}
		bind := p.bindArgs(call, call.Args, sig)
		app := p.bind(f.Sum, binding{f.ID, bind})
		app.bound = true
		return app
	}
	fn := p.function(f.Name)
	if fn == nil {
		return &application{effects: true}
	}
	sum, recv, list := p.summaryOf(fn), f.Bound, call.Args
	if f.Expr && len(list) > 0 {
		recv, list = p.eval(list[0]), list[1:]
	}
	if recv != nil && types.IsInterface(recvType(fn)) && p.builtin[fn] == nil {
		if m, s, r := p.devirtualize(recv, fn.Name()); s != nil {
			fn, sum, recv = m, s, r
		}
	}
	if sum == nil {
		return &application{effects: true}
	}
	args := p.bindArgs(call, list, fn.Signature())
	app := p.bind(sum, binding{"", func(i int) *value {
		if i >= 0 {
			return args(i)
		}
		if recv == nil {
			return dynamic("the object is not known at build time")
		}
		return recv
	}})
	app.bound = f.Bound != nil
	return app
}

// applyDetail is a call of a field of function type of a details struct.
func (p *state) applyDetail(fun ast.Expr) *application {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if s, ok := p.info.Selections[sel]; !ok || s.Kind() != types.FieldVal {
		return nil
	}
	if x := p.eval(sel.X); x.Kind == kFlag && x.Flag.Role == "details" {
		return &application{results: []*value{x.Flag.detail(sel.Sel.Name)}}
	}
	return nil
}

// devirtualize finds the method that a call through an interface reaches, where
// the value behind the interface is known.
func (p *state) devirtualize(recv *value, method string) (*types.Func, *summary, *value) {
	if recv == nil || recv.Kind != kStruct || recv.Text == "" {
		return nil, nil, nil
	}
	fn, path := p.methodOf(recv.Text, method)
	if fn == nil {
		return nil, nil, nil
	}
	sum := p.summaryOf(fn)
	if sum == nil {
		return nil, nil, nil
	}
	for _, name := range path {
		recv = p.field(recv, name)
	}
	return fn, sum, recv
}

// callMethod is result i of a method of x without arguments that matter.
func (p *state) callMethod(x *value, method string, i int) *value {
	switch x.Kind {
	case kStruct:
		if _, sum, recv := p.devirtualize(x, method); sum != nil && i < len(sum.Results) {
			return p.subst(sum.Results[i], binding{"", func(k int) *value {
				if k < 0 {
					return recv
				}
				return dynamic("the key is a result of " + method)
			}})
		}
	case kOneOf:
		out := make([]*value, len(x.Elems))
		for k, e := range x.Elems {
			out[k] = p.callMethod(e, method, i)
		}
		return oneOf(out)
	case kParam, kField, kCall, kIndex, kApplied:
		if x.Kind == kParam && len(x.Names) > 0 {
			typed := &value{Kind: kStruct, Text: x.Names[0]}
			if fn, path := p.methodOf(typed.Text, method); fn != nil && !types.IsInterface(recvType(fn)) {
				if sum := p.summaryOf(fn); sum != nil && i < len(sum.Results) {
					recv := x
					for _, name := range path {
						recv = p.field(recv, name)
					}
					return p.subst(sum.Results[i], binding{"", func(k int) *value {
						if k < 0 {
							return recv
						}
						return dynamic("the key is a result of " + method)
					}})
				}
			}
		}
		return &value{Kind: kCall, Text: method, Index: i, Elems: []*value{x}}
	}
	return dynamic(fmt.Sprintf("the key is a result of %s", method))
}

// function finds a function by its full name: p.F, (p.T).M or (*p.T).M.
func (p *state) function(name string) *types.Func {
	if name == "" {
		return nil
	}
	if name[0] != '(' {
		dot := lastDot(name)
		if dot < 0 || p.types[name[:dot]] == nil {
			return nil
		}
		fn, _ := p.types[name[:dot]].Scope().Lookup(name[dot+1:]).(*types.Func)
		return fn
	}
	recv, method, ok := strings.Cut(name[1:], ").")
	if !ok {
		return nil
	}
	recv = strings.TrimPrefix(recv, "*")
	if i := strings.IndexByte(recv, '['); i >= 0 {
		recv = recv[:i]
	}
	dot := lastDot(recv)
	if dot < 0 || p.types[recv[:dot]] == nil {
		return nil
	}
	obj, ok := p.types[recv[:dot]].Scope().Lookup(recv[dot+1:]).(*types.TypeName)
	if !ok {
		return nil
	}
	t := obj.Type()
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	found, _, _ := types.LookupFieldOrMethod(t, true, p.types[recv[:dot]], method)
	fn, _ := found.(*types.Func)
	return fn
}

// detached is the function v without what the functions around it are given, as a
// field that outlives them holds it: what it is bound to and its fallbacks are no
// longer known. Where these decide the key, the flag is evaluated where they are
// given, and nothing is known of the field.
func (p *state) detached(v *value) *value {
	f := v.Func
	if !v.symbolic() {
		return v
	}
	sum, decides := f.Sum, func(e *eval) bool {
		return e.Key.anyParam(func(id string) bool { return id != f.ID })
	}
	if sum == nil {
		if fn := p.function(f.Name); fn != nil {
			sum = p.summaryOf(fn)
		}
		decides = func(e *eval) bool { return e.Key.usesReceiver() }
	}
	if sum == nil || slices.ContainsFunc(sum.Evals, decides) {
		return dynamic("the function is bound to an object that is not known")
	}
	var around []string
	v.anyParam(func(id string) bool {
		if !slices.Contains(around, id) {
			around = append(around, id)
		}
		return false
	})
	for _, id := range around {
		v = p.subst(v, binding{id, func(int) *value { return dynamic("the object is not known at build time") }})
	}
	return v
}
