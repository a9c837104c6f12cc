package flagflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// outcome is what a condition says of flags: the controls that hold where it is
// true and where it is false, each with its fact; and the flags that it reads
// besides, of which an arm depends without saying a value.
type outcome struct {
	yes, no []Control
	weak    []Control
}

// armYes and armNo are the controls of the two arms: what holds there, and every
// other flag of the condition.
func (o outcome) armYes() []Control { return withWeak(o.yes, o.no, o.weak) }
func (o outcome) armNo() []Control  { return withWeak(o.no, o.yes, o.weak) }

func withWeak(known, opposite, weak []Control) []Control {
	out := slices.Clone(known)
	for _, c := range unknown(slices.Concat(opposite, weak)) {
		if !slices.ContainsFunc(out, func(o Control) bool { return o.Key == c.Key && o.Param == c.Param }) {
			out = append(out, c)
		}
	}
	return out
}

// unknown returns the controls without their facts.
func unknown(cs []Control) []Control {
	out := slices.Clone(cs)
	for i := range out {
		out[i].Fact = nil
	}
	return out
}

// facts lists what controls say.
func facts(cs []Control) []Fact {
	var out []Fact
	for _, c := range cs {
		if c.Fact != nil {
			out = append(out, *c.Fact)
		}
	}
	return out
}

func boolConst(b bool) constant.Value { return constant.MakeBool(b) }

// newFact says of a flag's value, as an expression yields it, that it equals v.
func newFact(val flagref.FlagValue, v constant.Value, equal bool) Fact {
	f := Fact{Key: val.Key, Param: val.Param, Value: v, Equal: equal}
	if v.Kind() == constant.Bool {
		b := constant.BoolVal(v)
		f.Value, f.Equal = boolConst(b == equal != val.Negated), true
	}
	return f
}

// cond walks a condition and returns what its outcomes say.
func (w *walker) cond(e env, x ast.Expr) outcome {
	switch n := x.(type) {
	case *ast.ParenExpr:
		return w.cond(e, n.X)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			from := len(w.res.Sites)
			o := w.cond(e, n.X)
			// !on is the condition that the read makes.
			if sites := w.res.Sites[from:]; len(sites) == 1 && sites[0].Test == ast.Unparen(n.X) && sites[0].Fact != nil {
				no := sites[0].Fact.not()
				sites[0].Test, sites[0].Fact = n, &no
			}
			return outcome{yes: o.no, no: o.yes, weak: o.weak}
		}
	case *ast.BinaryExpr:
		switch n.Op {
		case token.LAND:
			l := w.cond(e, n.X)
			r := w.cond(e.under(withWeak(l.yes, nil, l.weak), ByOperand), n.Y)
			return outcome{
				yes:  slices.Concat(l.yes, r.yes),
				no:   agreed(l.no, r.no),
				weak: slices.Concat(l.weak, r.weak, unknown(l.no), unknown(r.no)),
			}
		case token.LOR:
			l := w.cond(e, n.X)
			r := w.cond(e.under(l.no, ByAlternative), n.Y)
			return outcome{
				yes:  agreed(l.yes, r.yes),
				no:   slices.Concat(l.no, r.no),
				weak: slices.Concat(l.weak, r.weak, unknown(l.yes), unknown(r.yes)),
			}
		case token.EQL, token.NEQ:
			if o, ok := w.comparison(e, n); ok {
				return o
			}
		}
	}
	return w.atom(e, x)
}

// agreed returns the controls of both lists that say the same.
func agreed(a, b []Control) []Control {
	var out []Control
	for _, c := range a {
		if slices.ContainsFunc(b, func(d Control) bool {
			return c.Fact != nil && d.Fact != nil && sameFact(*c.Fact, *d.Fact)
		}) {
			out = append(out, c)
		}
	}
	return out
}

func sameFact(f, g Fact) bool {
	return f.Key == g.Key && f.Param == g.Param && f.Equal == g.Equal &&
		f.Value.Kind() == g.Value.Kind() && constant.Compare(f.Value, token.EQL, g.Value)
}

// comparison takes flag == constant and its variations.
func (w *walker) comparison(e env, n *ast.BinaryExpr) (outcome, bool) {
	for _, side := range [][2]ast.Expr{{n.X, n.Y}, {n.Y, n.X}} {
		read, c := ast.Unparen(side[0]), w.info.Types[side[1]].Value
		val, ok := w.read(read)
		if !ok || c == nil || !val.Tells() {
			continue
		}
		switch c.Kind() {
		case constant.Bool, constant.String, constant.Int, constant.Float:
		default:
			continue
		}
		from := len(w.res.Sites)
		w.expr(e, read)
		return w.test(e, n, read, val, newFact(val, c, n.Op == token.EQL), from), true
	}
	return outcome{}, false
}

// atom takes a condition that is no composition of others.
func (w *walker) atom(e env, x ast.Expr) outcome {
	from := len(w.res.Sites)
	w.expr(e, x)
	read := ast.Unparen(x)
	if val, ok := w.read(read); ok && val.Tells() {
		return w.test(e, read, read, val, newFact(val, boolConst(true), true), from)
	}
	// What depends on a flag among other things, or computes with its value, is no
	// branch on the flag that a reader would see.
	return outcome{}
}

// test notes that the condition x is the read's alone, and returns its outcome.
func (w *walker) test(e env, x, read ast.Expr, val flagref.FlagValue, f Fact, from int) outcome {
	var site *Site
	for _, s := range w.res.Sites[from:] {
		if s.Expr == read {
			site = s
		}
	}
	if site == nil {
		site = w.site(e, read, val)
	}
	site.Test, site.Fact = x, &f
	no := f.not()
	c := Control{Key: val.Key, Param: val.Param, Read: read, Func: e.fn}
	yes, not := c, c
	yes.Fact, not.Fact = &f, &no
	return outcome{yes: []Control{yes}, no: []Control{not}}
}

// read returns what of a flag an expression yields, where it is its value.
func (w *walker) read(x ast.Expr) (flagref.FlagValue, bool) {
	x = ast.Unparen(x)
	v, ok := w.values[x]
	if !ok || v.Role != "" && v.Role != "value" {
		return v, false
	}
	t := w.info.TypeOf(x)
	if t == nil {
		return v, false
	}
	_, basic := t.Underlying().(*types.Basic)
	return v, basic
}

// pure reports whether an expression reads flags and does nothing else.
func (w *walker) pure(x ast.Expr) bool {
	switch n := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return n.Op == token.NOT && w.pure(n.X)
	case *ast.BinaryExpr:
		return w.pure(n.X) && w.pure(n.Y)
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return true
	default:
		_, ok := w.read(n)
		return ok
	}
}
