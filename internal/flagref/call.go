package flagref

import (
	"go/ast"
	"go/types"
	"slices"

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
		if app == nil {
			app = &application{results: []*value{circular()}}
			p.calls[call] = app
		}
		return app
	}
	p.calls[call] = nil // in the works
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
			if isTypeParam(t) {
				app.results = []*value{zeroOf(t)}
			} else if _, ok := structOf(t); ok {
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
	if isAtomicPackage(fn.Pkg()) {
		sum = nil
	}
	if app := p.contains(call, fn); app != nil {
		return app
	}
	if m, ok := p.set.Decoder(fn); ok && m.Row.Into == nil {
		if v := p.decodedBy(call, m); v != nil {
			return &application{effects: true, results: []*value{v, dynamic("the value is computed at run time")}}
		}
	}
	if scope := p.scoped(call, fn, bind); scope != nil {
		return &application{effects: true, results: []*value{scope}}
	}
	if recvExpr != nil && recv == nil && sum != nil && p.builtin[fn.Origin()] == nil {
		// What the SDK's own code does with a detail, which drivers that analyse it tell,
		// does not take the place of what the provider says of it.
		if x := p.eval(recvExpr); x.Kind == kFlag && x.Flag.Role == "details" && x.Flag.describes(fn.Name()) {
			recv, sum = x, nil
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
		switch x := p.eval(recvExpr); {
		case x.Kind == kFlag && x.Flag.Role == "details":
			recv = x
		case x.Kind == kFlag && fn.Name() == "Load" && IsAtomicBool(recvType(fn)):
			return &application{results: []*value{x}}
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
		if i >= typeParams {
			return p.typeArg(fun, i-typeParams)
		}
		if key, ok := p.keyIndex(fn); ok && key == i {
			return below(recv, bind(i))
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

// unknownCall is a call of a function that does nothing with flags.
func (p *state) unknownCall(call *ast.CallExpr, fn *types.Func, recv *value) *application {
	app := &application{effects: true}
	n := fn.Signature().Results().Len()
	for i := range n {
		app.results = append(app.results, p.unknownOf(fn.Pkg(), "the key is a result of "+fn.Name()))
		if p.inWorks(fn.Origin()) {
			app.results[i] = dynamic(pending)
			app.effects = false
		}
		if recv != nil && recv.symbolic() && types.IsInterface(recvType(fn)) {
			switch t := fn.Signature().Results().At(i).Type(); {
			case isString(t):
				app.results[i] = &value{Kind: kCall, Text: fn.Name(), Index: i, Elems: []*value{recv}}
			case n == 1 && len(call.Args) == 0 && (isBasic(t) || isTypeParam(t)):
				// A flag that is an object tells its fallback, flag.Fallback().
				app.results[i] = &value{Kind: kCall, Text: fn.Name(), Names: []string{noKey}, Elems: []*value{recv}}
			}
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
	case isNamed(fn, "fmt", "Sprintf") && len(call.Args) > 0 && !call.Ellipsis.IsValid():
		app.results[0] = p.sprintf(call)
		app.effects = false
	case len(call.Args) == 1 && isAtomicNew(fn):
		if v := p.eval(call.Args[0]); v.Kind == kFlag {
			app.results[0] = v
		}
		app.effects = false
	case n == 1 && len(call.Args) == 1 && isStringPointer(fn.Signature().Results().At(0).Type()):
		// aws.String("k"): a helper that gives the address of its argument.
		if v := p.eval(call.Args[0]); v.isString() || v.symbolic() {
			app.results[0] = v
		}
	}
	return app
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
	made := map[string]bool{}
	for _, e := range sum.Evals {
		if e = p.substEval(e, b); e != nil {
			app.evals = append(app.evals, e)
			made[e.String()] = true
		}
	}
	dropped := len(app.evals) < len(sum.Evals)
	for _, e := range sum.Sets {
		if e = p.substSet(e, b); e != nil {
			app.sets = append(app.sets, e)
		}
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
		if dropped && r.Kind == kFlag && !made[r.Flag.Eval.String()] {
			app.results[i] = dynamic("the value is computed at run time")
		}
		if r.symbolic() && !r.bounded(maxParts) {
			app.results[i] = dynamic("the value is nested too deeply") // a recursion that wraps what it is given
		}
	}
	return app
}
