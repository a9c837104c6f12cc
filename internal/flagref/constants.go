package flagref

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// constFact tells importers that a constant is a flag's key. Told says that it is by
// Config.Extra alone, which importers ask themselves (see Told).
type constFact struct {
	Provider string
	Told     bool
}

// AFact marks a fact of go/analysis.
func (*constFact) AFact() {}

// String renders the fact, for tests.
func (f *constFact) String() string { return "key of " + f.Provider }

// constants adds the declarations and mentions of key constants. That a constant
// is a key is known from a use: in this package, in one that it imports (a fact),
// or anywhere in the program (Config.Extra). A string that merely equals a key is
// no mention: settings, labels and file names are written the same.
func (em *emitter) constants(root inspector.Cursor) {
	keys := map[*types.Const]string{}
	taken := map[ast.Node]bool{}
	for _, r := range em.res.References {
		if r.KeyNode != nil && r.KeyNode != r.Node {
			taken[r.KeyNode] = true
		}
		if c, ok := r.KeyObject.(*types.Const); ok && c.Pkg() != nil && c.Parent() == c.Pkg().Scope() {
			keys[c] = r.Provider
			if c.Pkg() != em.pass.Pkg {
				em.res.Extra.keys[c.Pkg().Path()+"."+c.Name()] = r.Provider
			}
		}
	}
	em.res.References = slices.DeleteFunc(em.res.References, func(r *Reference) bool {
		return r.Kind == Mention && taken[r.Node] // gate.ID() as the key of something else
	})
	provider := func(c *types.Const) (p string, told, ok bool) {
		if p, ok := keys[c]; ok {
			return p, false, true
		}
		if c.Pkg() == nil || c.Parent() != c.Pkg().Scope() {
			return "", false, false
		}
		name := c.Pkg().Path() + "." + c.Name()
		em.asked.name(askedKey, name)
		if em.cfg.Extra != nil {
			if p, ok := em.cfg.Extra.keys[name]; ok {
				return p, true, true
			}
		}
		var fact constFact
		if c.Pkg() != em.pass.Pkg && em.pass.ImportObjectFact(c, &fact) {
			return fact.Provider, false, true
		}
		return "", false, false
	}
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		if c, ok := em.info.Defs[id].(*types.Const); ok {
			if p, told, ok := provider(c); ok {
				em.pass.ExportObjectFact(c, &constFact{p, told})
				em.constant(cur, Declaration, cur.Parent().Node(), id, c, p)
			}
			continue
		}
		c, ok := em.info.Uses[id].(*types.Const)
		if !ok {
			continue
		}
		p, _, ok := provider(c)
		if !ok {
			continue
		}
		node, at := ast.Node(id), cur
		if sel, ok := cur.Parent().Node().(*ast.SelectorExpr); ok && sel.Sel == id {
			node, at = sel, cur.Parent()
		}
		if !em.mentionTaken(at, node, taken) {
			em.constant(cur, Mention, node, node, c, p)
		}
	}
}

// mentionTaken reports whether a use of a key constant is part of a reference:
// it is the key of one, or a conversion or parenthesis around it is.
func (em *emitter) mentionTaken(cur inspector.Cursor, node ast.Node, taken map[ast.Node]bool) bool {
	for {
		if taken[node] {
			return true
		}
		cur = cur.Parent()
		switch n := cur.Node().(type) {
		case *ast.ParenExpr:
		case *ast.CallExpr:
			if tv := em.info.Types[n.Fun]; !tv.IsType() {
				return false
			}
		case *ast.BinaryExpr:
			if tv := em.info.Types[n]; tv.Value == nil {
				return false
			}
		case *ast.ValueSpec:
			// const B = A: B is the key where it is used.
			return slices.ContainsFunc(n.Names, func(id *ast.Ident) bool { _, isConst := em.info.Defs[id].(*types.Const); return isConst })
		default:
			return false
		}
		node = cur.Node()
	}
}

func (em *emitter) constant(cur inspector.Cursor, kind RefKind, node, key ast.Node, c *types.Const, provider string) {
	text := constValue(c.Val())
	if !text.isString() || text.Text == "" {
		return
	}
	ref := &Reference{Kind: kind, Key: text.Text, Node: node, KeyNode: key, KeyObject: c, Provider: provider, Shape: noShape()}
	em.place(cur, ref)
	em.res.References = append(em.res.References, ref)
}
