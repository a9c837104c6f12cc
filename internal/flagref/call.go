package flagref

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/types/typeutil"
)

// application is what one call does with flags: the summary of what it calls,
// its parameters replaced by the arguments.
type application struct {
	evals   []*eval
	sets    []*set
	calls   []*deferred
	results []*value
	effects bool
	// plain: a conversion, or a built-in without effects.
	plain bool
	// bound: the call is one of a function value to which the flag was bound
	// elsewhere.
	bound bool
}

// apply works out a call.
func (p *state) apply(call *ast.CallExpr) *application {
	if app, ok := p.calls[call]; ok {
		return app
	}
	p.calls[call] = &application{results: []*value{dynamic("the value depends on itself")}}
	app := p.applyCall(call)
	p.calls[call] = app
	return app
}

func (p *state) applyCall(call *ast.CallExpr) *application {
	fun := ast.Unparen(call.Fun)
	if tv := p.info.Types[fun]; tv.IsType() {
		if len(call.Args) != 1 {
			return &application{plain: true}
		}
		return &application{plain: true, results: []*value{p.eval(call.Args[0])}}
	}
	switch fn := typeutil.Callee(p.info, call).(type) {
	case *types.Builtin:
		return p.applyBuiltin(call, fn.Name())
	case *types.Func:
		return p.applyFunc(call, fun, fn)
	}
	if app := p.applyDetail(fun); app != nil {
		return app
	}
	v := p.eval(fun)
	if v.Kind == kFunc {
		return p.applyValue(call, v.Func)
	}
	if v.Kind == kOneOf {
		return p.applyAny(call, v)
	}
	if v.symbolic() {
		return p.deferCall(call, v)
	}
	return &application{effects: true}
}

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
		named = named || v.isString() || v.symbolic() && isString(p.typeOf(a))
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

// applyBuiltin is a call of a built-in function.
func (p *state) applyBuiltin(call *ast.CallExpr, name string) *application {
	app := &application{}
	switch name {
	case "make":
		app.plain = true
		if len(call.Args) > 0 && isMap(p.typeOf(call.Args[0])) {
			app.results = []*value{{Kind: kMap}}
		}
	case "append":
		app.plain = true
		if len(call.Args) > 0 && !call.Ellipsis.IsValid() {
			if base := p.eval(call.Args[0]); base.Kind == kList {
				l := &value{Kind: kList, Elems: append([]*value(nil), base.Elems...)}
				for _, a := range call.Args[1:] {
					l.Elems = append(l.Elems, p.eval(a))
				}
				app.results = []*value{l}
			}
		}
	case "new":
		app.plain = true
		if len(call.Args) == 1 {
			t := p.typeOf(call.Args[0])
			if _, ok := structOf(t); ok {
				app.results = []*value{{Kind: kStruct, Text: typeName(t)}}
			}
		}
	case "panic", "print", "println", "close", "delete", "copy", "clear":
		app.effects = true
	default:
		app.plain = true
	}
	if len(app.results) == 0 {
		app.results = []*value{dynamic("the value is computed at run time")}
	}
	return app
}

// applyFunc is a call of a function, a method, or a method expression.
func (p *state) applyFunc(call *ast.CallExpr, fun ast.Expr, fn *types.Func) *application {
	var recv *value
	var recvExpr ast.Expr
	args := call.Args
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		if s, ok := p.info.Selections[sel]; ok {
			switch s.Kind() {
			case types.MethodVal:
				recvExpr = sel.X
			case types.MethodExpr:
				if len(args) == 0 {
					return &application{effects: true}
				}
				recvExpr, args = args[0], args[1:]
				recv = p.eval(recvExpr)
			}
		}
	}
	bind := p.bindArgs(call, args, fn.Signature())
	sum := p.summaryOf(fn)
	if app := p.contains(call, fn); app != nil {
		return app
	}
	if m, ok := p.set.Decoder(fn); ok && m.Row.Into == nil {
		if v := p.decodedBy(call, m); v != nil {
			return &application{effects: true, results: []*value{v, dynamic("the value is computed at run time")}}
		}
	}
	if recvExpr != nil && recv == nil {
		// The receiver matters to methods of flag objects, and to interfaces.
		if iface := types.IsInterface(recvType(fn)); iface || sum != nil {
			sel := fun.(*ast.SelectorExpr)
			recv = p.receiver(sel, p.info.Selections[sel])
			if iface && p.builtin[fn.Origin()] == nil {
				if m, s, r := p.devirtualize(recv, fn.Name()); s != nil {
					fn, sum, recv = m, s, r
				}
			}
		}
	}
	if recv == nil && recvExpr != nil && sum == nil {
		if x := p.eval(recvExpr); x.Kind == kFlag && x.Flag.Role == "details" {
			recv = x
		}
	}
	if recv != nil && recv.Kind == kFlag && recv.Flag.Role == "details" && sum == nil {
		return p.detailCall(fn, recv.Flag, bind)
	}
	if sum == nil {
		return p.unknownCall(call, fn, recv)
	}
	app := p.bind(sum, binding{"", func(i int) *value {
		if i < 0 {
			if recv == nil {
				return dynamic("the object is not known at build time")
			}
			return recv
		}
		return bind(i)
	}})
	p.markInline(app, fn, recvExpr)
	for _, s := range app.sets {
		p.setters(call, s)
		p.spread(s)
	}
	return p.limit(call, fn, app)
}

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
	if s.Value == nil || s.Key.node == nil || s.Value.node == nil {
		return
	}
	k, v := p.ranged(s.Key.node, rangeKey), p.ranged(s.Value.node, rangeValue)
	if k != nil && k == v {
		s.Key, s.Value, s.Spread = p.eval(k.X), nil, true
	}
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
	if fn.FullName() != "slices.Contains" || len(call.Args) != 2 {
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
// variable that is no bool is no flag.
func (p *state) limit(call *ast.CallExpr, fn *types.Func, app *application) *application {
	if m, ok := p.set.Declare(fn); ok && m.Row.Only != "" && m.Row.Default != nil {
		if d := m.Row.Default.Index; d >= 0 && d < len(call.Args) {
			if provider.ValueType(p.typeOf(call.Args[d])) != m.Row.Only {
				return &application{effects: true, results: []*value{{Kind: kStruct, Names: []string{none}, Elems: []*value{dynamic(none)}}}}
			}
		}
	}
	if len(app.evals) == 0 || app.evals[0].Only == "" {
		return app
	}
	t := p.typeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	if _, isParam := t.(*types.TypeParam); t != nil && !isParam && provider.ValueType(t) != app.evals[0].Only {
		return &application{effects: true, results: []*value{dynamic(none)}}
	}
	return app
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

// unknownCall is a call of a function that does nothing with flags.
func (p *state) unknownCall(call *ast.CallExpr, fn *types.Func, recv *value) *application {
	app := &application{effects: true}
	n := fn.Signature().Results().Len()
	for i := range n {
		app.results = append(app.results, dynamic("the key is a result of "+fn.Name()))
		if p.inWorks(fn.Origin()) {
			app.results[i] = dynamic(pending)
			app.effects = false
		}
		if recv != nil && recv.symbolic() && types.IsInterface(recvType(fn)) && isString(fn.Signature().Results().At(i).Type()) {
			app.results[i] = &value{Kind: kCall, Text: fn.Name(), Index: i, Elems: []*value{recv}}
		}
	}
	switch {
	case fn.Pkg() == nil || n == 0:
	case fn.Pkg().Path() == "strings" && pureFuncs[fn.Name()] != nil:
		var args []*value
		for _, a := range call.Args {
			args = append(args, p.eval(a))
		}
		app.results[0] = pure(fn.Name(), args)
		app.effects = false
	case fn.FullName() == "fmt.Sprintf" && len(call.Args) > 0 && !call.Ellipsis.IsValid():
		app.results[0] = p.sprintf(call)
		app.effects = false
	case n == 1 && len(call.Args) == 1 && isStringPointer(fn.Signature().Results().At(0).Type()):
		// aws.String("k"): a helper that gives the address of its argument.
		if v := p.eval(call.Args[0]); v.isString() || v.symbolic() {
			app.results[0] = v
		}
	}
	return app
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

// bindArgs gives argument i of a call as the callee's parameter i sees it.
func (p *state) bindArgs(call *ast.CallExpr, args []ast.Expr, sig *types.Signature) func(i int) *value {
	n := sig.Params().Len()
	return func(i int) *value {
		switch {
		case len(args) == 1 && n > 1 && isTuple(p.typeOf(args[0])):
			return p.evalTuple(args[0], i)
		case sig.Variadic() && i == n-1 && !call.Ellipsis.IsValid():
			l := &value{Kind: kList}
			for k := i; k < len(args); k++ {
				l.Elems = append(l.Elems, p.eval(args[k]))
			}
			return l
		case i >= 0 && i < len(args):
			return p.eval(args[i])
		}
		return dynamic("the call has no such argument")
	}
}

func isTuple(t types.Type) bool {
	_, ok := t.(*types.Tuple)
	return ok
}

// bind replaces the parameters of a summary.
func (p *state) bind(sum *summary, b binding) *application {
	app := &application{effects: sum.Effects}
	for _, e := range sum.Evals {
		app.evals = append(app.evals, p.substEval(e, b))
	}
	for _, e := range sum.Sets {
		app.sets = append(app.sets, p.substSet(e, b))
	}
	for _, d := range sum.Calls {
		d = p.substCall(d, b)
		switch {
		case d.Fn.Kind == kFunc:
			if inner := p.applyTo(d.Fn.Func, d.Args); inner != nil {
				for _, e := range inner.evals {
					c := *e
					c.Via = slices.Concat(d.Via, e.Via)
					app.evals = append(app.evals, &c)
				}
				for _, e := range inner.sets {
					c := *e
					c.Via = slices.Concat(d.Via, e.Via)
					app.sets = append(app.sets, &c)
				}
				app.calls = append(app.calls, inner.calls...)
			}
		case d.Fn.symbolic():
			app.calls = append(app.calls, d)
		}
	}
	app.results = p.substAll(sum.Results, b)
	for i, r := range app.results {
		if r.symbolic() && !r.bounded(maxParts) {
			app.results[i] = dynamic("the value is nested too deeply") // a recursion that wraps what it is given
		}
	}
	return app
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
