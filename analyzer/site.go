package analyzer

import (
	"go/ast"
	"go/constant"
	"go/token"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// Site is a reference without its syntax: what the whole-program phase and the
// inventory know of it. It can be kept from one run to the next.
type Site struct {
	Kind                flagref.RefKind
	Key, Dynamic, Param string // as in flagref.Reference
	Provider, Function  string
	Type                registry.Type
	Pos, End            token.Position
	KeyPos              token.Position // of the syntax that names the key; not valid where none does
	Via                 []token.Position
	Test, Generated     bool
	Support             bool      // as in flagref.Reference
	Fallback            *Fallback // where there is one that is constant
	SetsOn, SetsOff     bool      // the states of a bool flag in which an override may put it
}

// Fallback is the constant that an evaluation falls back to.
type Fallback struct {
	Value    any // as registry.Value.Any gives it
	Pos, End token.Position
	// Helper is where the helper that the reference calls makes the value a constant;
	// not valid where it is given at the reference.
	Helper token.Position
	// Literal says that it is written as one, from LiteralPos to LiteralEnd.
	Literal                bool
	LiteralPos, LiteralEnd token.Position
}

func newSite(fset *token.FileSet, ref *flagref.Reference) Site {
	s := Site{
		Kind: ref.Kind, Key: ref.Key, Dynamic: ref.Dynamic, Param: ref.Param,
		Provider: ref.Provider, Function: ref.FuncName, Type: ref.Type,
		Pos: fset.Position(ref.Node.Pos()), End: fset.Position(ref.Node.End()),
		Via: ref.Via, Test: ref.Test, Support: ref.Support, Generated: ref.Generated,
	}
	if ref.KeyNode != nil {
		s.KeyPos = fset.Position(ref.KeyNode.Pos())
	}
	if node := fallbackNode(ref); node != nil {
		v, _ := constantValue(ref.Default)
		s.Fallback = &Fallback{Value: v.Any(), Pos: fset.Position(node.Pos()), End: fset.Position(node.End())}
		if ref.DefaultNode == nil && ref.Kind == flagref.Evaluation {
			s.Fallback.Helper = ref.DefaultAt
		}
		if lit := literalDefault(ref.DefaultNode); lit != nil {
			s.Fallback.Literal, s.Fallback.LiteralPos, s.Fallback.LiteralEnd = true, fset.Position(lit.Pos()), fset.Position(lit.End())
		}
	}
	if ref.Kind == flagref.Override {
		s.SetsOn, s.SetsOff = statesOf(ref)
	}
	return s
}

// fallbackNode is where the constant fallback that a reference answers for is told:
// the expression that gives it, or the reference. Nil: it answers for none.
func fallbackNode(ref *flagref.Reference) ast.Node {
	switch _, ok := constantValue(ref.Default); {
	case !ok:
		return nil
	case ref.DefaultNode != nil:
		return ref.DefaultNode
	case ref.DefaultAt.IsValid():
		return ref.Node
	}
	return nil
}

// literalDefault is the literal that a fallback is written as, or nil.
func literalDefault(x ast.Expr) ast.Expr {
	if x == nil {
		return nil
	}
	x = ast.Unparen(x)
	switch n := x.(type) {
	case *ast.BasicLit:
		return x
	case *ast.Ident:
		if n.Name == "true" || n.Name == "false" {
			return x
		}
	}
	return nil
}

// statesOf are the states that an override may set: both where what it sets is not
// constant.
func statesOf(ref *flagref.Reference) (on, off bool) {
	values := ref.SetValues
	if ref.Set != nil {
		values = append(values[:len(values):len(values)], ref.Set)
	}
	known := len(values) > 0
	for _, v := range values {
		if v.Kind() != constant.Bool {
			known = false
			continue
		}
		on = on || constant.BoolVal(v)
		off = off || !constant.BoolVal(v)
	}
	return on || !known, off || !known
}
