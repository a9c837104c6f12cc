package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// fallingBack returns the evaluation with another fallback, which stands at pos.
func (e *eval) fallingBack(to *value, pos position) *eval {
	c := *e
	c.Default, c.DefaultAt = to, pos
	return &c
}

// sameFallback reports whether two evaluations fall back to the same, or to what is
// not known.
func sameFallback(a, b *eval) bool {
	unknown := func(v *value) bool { return v == nil || v.Kind == kDynamic }
	if unknown(a.Default) || unknown(b.Default) {
		return unknown(a.Default) && unknown(b.Default)
	}
	return same(a.Default, b.Default)
}

// settle gives the evaluations of a function the fallbacks that its callers get.
func (s *summary) settle(settled []*eval) {
	for _, e := range settled {
		text := e.String()
		for i, o := range s.Evals {
			if o.String() == text {
				s.Evals[i] = o.fallingBack(e.Default, e.DefaultAt)
			}
		}
	}
}

// settle gives the flag that result i is the fallback that callers get: what the
// function returns where the evaluation has failed, if it looks whether it has.
func (r *returns) settle(i int) {
	v := r.out[i]
	if v.Kind != kFlag || v.Flag.Role != "" || !r.unclear && len(r.failed[i]) == 0 {
		return
	}
	to := dynamic("what callers get where the evaluation fails is not clear")
	if !r.unclear && (v.Flag.Exact || v.Flag.Fallback) {
		got := oneOf(r.failed[i])
		if got.Kind == kFlag && got.Flag.Eval.String() == v.Flag.Eval.String() {
			return // what the SDK falls back to
		}
		if v.Flag.Negated {
			got = negate(got)
		}
		if same(got, v.Flag.Eval.Default) {
			return
		}
		if !r.tellsError(i) {
			to = got
		}
	}
	var pos position
	if first := r.failed[i]; to.constant() != nil && first[0].node != nil {
		pos = r.p.position(first[0].node)
	}
	f := *v.Flag
	f.Eval = f.Eval.fallingBack(to, pos)
	r.out[i] = &value{Kind: kFlag, Flag: &f}
	r.settled = append(r.settled, f.Eval)
}

// tellsError reports whether what is returned where an evaluation has failed goes with
// an error, so that the value beside it is no fallback.
func (r *returns) tellsError(result int) bool {
	i := 0
	for _, f := range r.ftype.Results.List {
		for range max(1, len(f.Names)) {
			if i != result && isError(r.p.typeOf(f.Type)) && slices.ContainsFunc(r.failed[i], (*value).given) {
				return true
			}
			i++
		}
	}
	return false
}

// given reports whether a value is not written as nil.
func (v *value) given() bool { return v.Kind != kDynamic || v.Text != "nil" }

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// fails and succeeds report whether a condition whose value is known asks for the
// error of an evaluation.
func (r *returns) fails(cond ast.Expr) bool    { return r.comparesError(cond, token.NEQ) }
func (r *returns) succeeds(cond ast.Expr) bool { return r.comparesError(cond, token.EQL) }

func (r *returns) comparesError(cond ast.Expr, op token.Token) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && b.Op == op && r.asksError(b)
}

// asksError reports whether the error of an evaluation is in an expression.
func (r *returns) asksError(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit || found {
			return false
		}
		if e, ok := n.(ast.Expr); ok && isError(r.p.typeOf(e)) {
			v := r.p.eval(e)
			found = v.Kind == kFlag && v.Flag.Role == "error"
		}
		return true
	})
	return found
}

// failing walks what only runs where an evaluation has failed.
func (r *returns) failing(list []ast.Stmt) {
	sub := &returns{p: r.p, ftype: r.ftype, n: r.n, values: make([][]*value, r.n), failed: make([][]*value, r.n)}
	done := sub.block(list)
	r.unclear = r.unclear || sub.unclear || !done && (len(sub.conds) > 0 || r.diverts(list))
	for i := range r.n {
		r.failed[i] = append(r.failed[i], sub.values[i]...)
	}
}

// diverts reports whether statements that return nothing do more than tell of the
// failure: they write to a variable, jump, or end the program.
func (r *returns) diverts(list []ast.Stmt) bool {
	found := len(list) == 0 // nothing is known of the way on
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.AssignStmt:
				found = found || n.Tok != token.DEFINE && slices.ContainsFunc(n.Lhs, func(x ast.Expr) bool { return !isBlank(x) })
			case *ast.BranchStmt:
				found = true
			case *ast.CallExpr:
				found = found || endsProgram(n)
			}
			return !found
		})
	}
	return found
}

// endsProgram reports whether a call has the name of one that does not come back.
func endsProgram(call *ast.CallExpr) bool {
	name := ""
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	for _, prefix := range []string{"panic", "Panic", "Fatal", "fatal", "Exit", "exit", "Goexit", "Must", "must"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// statements are those of an else branch, which is a block or an if.
func statements(s ast.Stmt) []ast.Stmt {
	switch s := s.(type) {
	case nil:
		return nil
	case *ast.BlockStmt:
		return s.List
	}
	return []ast.Stmt{s}
}

// tagged is the value of a field of type t that a decoder makes of the text in its tag.
func tagged(t types.Type, text string) *value {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		switch info := b.Info(); {
		case info&types.IsString != 0:
			return stringValue(text)
		case info&types.IsBoolean != 0:
			if on, err := strconv.ParseBool(text); err == nil {
				return boolValue(on)
			}
		case info&types.IsInteger != 0:
			if c := constant.MakeFromLiteral(text, token.INT, 0); c.Kind() == constant.Int {
				return constValue(c)
			}
		case info&types.IsFloat != 0:
			if f, err := strconv.ParseFloat(text, 64); err == nil {
				return constValue(constant.MakeFloat64(f))
			}
		}
	}
	return dynamic("the tag gives no constant")
}

// fallBackTo gives a declaration the fallback that v is; nil is none.
func (r *Reference) fallBackTo(v *value) {
	if v != nil && v.node != nil {
		r.Default, r.DefaultNode = v.constant(), v.node
	}
}

// agreed is the one constant that all the values are; nil if there is none.
func agreed(list []*value) *value {
	if len(list) == 0 || list[0].constant() == nil {
		return nil
	}
	for _, v := range list[1:] {
		if !same(list[0], v) {
			return nil
		}
	}
	return list[0]
}

// made are the defaults of the flags that code outside of tests gives a field of a
// container.
func (p *state) made(field *types.Var) []*value {
	var out []*value
	for _, w := range p.idx.writes[field] {
		if !w.test {
			out = append(out, p.field(p.written(w), defaultField))
		}
	}
	return out
}

// defaults are the values that a field of a flag struct gets where the code says that it
// sets defaults: in a function or package variable with that word in its name, and
// whatever else is so.
func (p *state) defaults(field *types.Var) []*value {
	var out []*value
	for _, w := range p.idx.writes[field] {
		if w.test || w.kind != assigned {
			continue
		}
		name, body := p.declaredBy(w.node)
		if strings.Contains(strings.ToLower(name), "default") {
			v := p.written(w)
			if _, assign := w.node.(*ast.AssignStmt); assign && w.block != body {
				v = dynamic("it is set under a condition")
			}
			out = append(out, v)
		}
	}
	return out
}

// declaredBy is the name of the function, and its body, or of the package variable that
// a node is in.
func (p *state) declaredBy(n ast.Node) (name string, body ast.Node) {
	for _, file := range p.pass.Files {
		if !within(n, file) {
			continue
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if within(n, d) {
					return d.Name.Name, d.Body
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok && within(n, v) {
						return v.Names[0].Name, nil
					}
				}
			}
		}
	}
	return "", nil
}
