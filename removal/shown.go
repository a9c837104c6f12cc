package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// sights are the struct types whose values production code looks at as a whole,
// so that a field that nothing names may still be seen.
type sights struct {
	// shown: a value is handed on as any value, to be printed or filled into a
	// template; of those encoded only what is exported shows.
	shown, encoded map[objID]bool
	// compared: values are compared, or are keys of a map.
	compared map[objID]bool
}

// seen reports whether something may notice that a field of a struct type is
// gone. Where it always holds the same, comparisons do not.
func (e *engine) seen(typ objID, exported, constant bool) bool {
	if e.sights == nil {
		e.sights = e.look()
	}
	return e.sights.shown[typ] || exported && e.sights.encoded[typ] || !constant && e.sights.compared[typ]
}

// look finds what the files other than tests look at.
func (e *engine) look() *sights {
	s := &sights{shown: map[objID]bool{}, encoded: map[objID]bool{}, compared: map[objID]bool{}}
	for _, f := range e.x.files {
		if f.test {
			continue
		}
		info := f.views[0].Info
		l := &looker{e: e, info: info, s: s}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			l.node(n)
			return true
		})
		for _, tv := range info.Types {
			if m, ok := tv.Type.(*types.Map); ok {
				mark(s.compared, m.Key(), false, 0)
			}
		}
	}
	return s
}

type looker struct {
	e    *engine
	info *types.Info
	s    *sights
}

// give notes that x becomes a value of type to; deep is set where an encoder takes it.
func (l *looker) give(x ast.Expr, to types.Type, deep bool) {
	if !isAny(to) {
		return
	}
	t := l.info.TypeOf(x)
	if p, ok := under(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if deep {
		mark(l.s.encoded, t, true, 0)
	} else {
		mark(l.s.shown, t, false, 0)
	}
}

// isAny reports whether a type is an interface without methods.
func isAny(t types.Type) bool {
	if t == nil {
		return false
	}
	if _, param := types.Unalias(t).(*types.TypeParam); param {
		return false
	}
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// mark notes the struct types that a value of type t holds; those that it points
// to only where deep is set, for that is how far an encoder looks.
func mark(set map[objID]bool, t types.Type, deep bool, depth int) {
	if t == nil || depth > 20 {
		return
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		oid := idOf(n.Origin().Obj())
		if _, ok := n.Underlying().(*types.Struct); ok {
			if set[oid] {
				return
			}
			set[oid] = true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			mark(set, f.Type(), deep, depth+1)
		}
	case *types.Array:
		mark(set, u.Elem(), deep, depth+1)
	case *types.Slice:
		mark(set, u.Elem(), deep, depth+1)
	case *types.Map:
		mark(set, u.Key(), deep, depth+1)
		mark(set, u.Elem(), deep, depth+1)
	case *types.Pointer:
		if deep {
			mark(set, u.Elem(), deep, depth+1)
		}
	}
}

func (l *looker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		l.call(n)
	case *ast.CompositeLit:
		l.literal(n)
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i, r := range n.Rhs {
				l.give(r, l.info.TypeOf(n.Lhs[i]), false)
			}
		}
	case *ast.ValueSpec:
		if n.Type != nil {
			for _, v := range n.Values {
				l.give(v, l.info.TypeOf(n.Type), false)
			}
		}
	case *ast.ReturnStmt:
		sig := l.signature(n)
		if sig != nil && sig.Results().Len() == len(n.Results) {
			for i, r := range n.Results {
				l.give(r, sig.Results().At(i).Type(), false)
			}
		}
	case *ast.SendStmt:
		if ch, ok := under(l.info.TypeOf(n.Chan)).(*types.Chan); ok {
			l.give(n.Value, ch.Elem(), false)
		}
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			mark(l.s.compared, l.info.TypeOf(n.X), false, 0)
		}
	case *ast.SwitchStmt:
		if n.Tag != nil {
			mark(l.s.compared, l.info.TypeOf(n.Tag), false, 0)
		}
	}
}

// signature is that of the function around n.
func (l *looker) signature(n ast.Node) *types.Signature {
	for n = l.e.x.parent(n); n != nil; n = l.e.x.parent(n) {
		switch f := n.(type) {
		case *ast.FuncLit:
			sig, _ := l.info.TypeOf(f).(*types.Signature)
			return sig
		case *ast.FuncDecl:
			if fn, ok := l.info.Defs[f.Name].(*types.Func); ok {
				return fn.Signature()
			}
			return nil
		}
	}
	return nil
}

// keepers are functions that take any value and give it back as it was, by type
// and name; what they are given is not looked at.
var keepers = map[string]bool{
	"context.WithValue": true, "errors.As": true, "errors.Is": true,
	"(*sync.Pool).Put": true, "(*sync/atomic.Value).Store": true, "(*sync.Map).Store": true, "(*sync.Map).LoadOrStore": true,
	"runtime.KeepAlive": true, "runtime.SetFinalizer": true,
}

func (l *looker) call(c *ast.CallExpr) {
	if tv, ok := l.info.Types[c.Fun]; ok && tv.IsType() {
		if len(c.Args) == 1 {
			l.give(c.Args[0], tv.Type, false)
		}
		return
	}
	sig, ok := under(l.info.TypeOf(c.Fun)).(*types.Signature)
	if !ok {
		return
	}
	fn := l.e.x.callee(c)
	if fn != nil && keepers[fn.FullName()] {
		return
	}
	deep := fn != nil && encodes(fn)
	last := sig.Params().Len() - 1
	for i, a := range c.Args {
		if last < 0 {
			break
		}
		t := sig.Params().At(min(i, last)).Type()
		if s, ok := t.(*types.Slice); ok && sig.Variadic() && i >= last {
			if c.Ellipsis.IsValid() {
				break
			}
			t = s.Elem()
		}
		l.give(a, t, deep)
	}
}

// encodes reports whether a function is one of an encoder, which follows pointers.
func encodes(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	for _, word := range []string{"json", "yaml", "xml", "toml", "encoding"} {
		if strings.Contains(path, word) {
			return true
		}
	}
	return false
}

func (l *looker) literal(n *ast.CompositeLit) {
	t := under(l.info.TypeOf(n))
	if p, ok := t.(*types.Pointer); ok {
		t = under(p.Elem())
	}
	for i, el := range n.Elts {
		var key ast.Expr
		val := el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			key, val = kv.Key, kv.Value
		}
		switch t := t.(type) {
		case *types.Slice:
			l.give(val, t.Elem(), false)
		case *types.Array:
			l.give(val, t.Elem(), false)
		case *types.Map:
			l.give(val, t.Elem(), false)
			if key != nil {
				l.give(key, t.Key(), false)
			}
		case *types.Struct:
			if id, ok := key.(*ast.Ident); ok {
				if v, ok := l.info.ObjectOf(id).(*types.Var); ok {
					l.give(val, v.Type(), false)
				}
			} else if key == nil && i < t.NumFields() {
				l.give(val, t.Field(i).Type(), false)
			}
		}
	}
}
