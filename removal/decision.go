package removal

import "go/ast"

// op is what happens to a piece of syntax. Decisions hang on the syntax of the
// original text and nest: what a decision does not retain is not emitted,
// whatever is decided further in.
type op int

const (
	opNone    op = iota
	opDrop       // the statement, clause, element, declaration or spec goes
	opLit        // the expression becomes a literal
	opKeep       // the expression becomes one of its operands
	opSplice     // the statement becomes a list of statements of its parts
	opNoCond     // a for loses its condition
	opNoTag      // a switch loses its tag
	opDefault    // a case clause becomes the default clause
	opRange      // a range clause loses its key or its value
	opTuple      // an assignment of an evaluation's results becomes one of literals
	opAssign     // an assignment or declaration loses some of its operands
	opArgs       // a call loses some of its arguments
	opInline     // a call that runs a callback becomes the body of the callback
	opFields     // a field list or value spec loses some of its names
	opInvert     // an if becomes its else, on the opposite condition
	opText       // the node becomes the given text
	opResults    // a return loses some of its results
	opGive       // the statement goes, and an expression before it takes its condition or value
	opTake       // the expression becomes that condition or value
	opElseIf     // an if with an init statement takes condition and arms of its else-if
)

// decision is what happens to one node.
type decision struct {
	op op

	val  *value   // opLit
	vals []*value // opLit of a call with several results
	keep ast.Expr // opKeep: the operand that stays; opTake: the condition or value
	neg  bool     // opKeep: its opposite is meant

	// opSplice and opDrop: the effects that run in the statement's place, in order.
	hoist []ast.Expr
	// opSplice: the statements that take the place, after an init statement and
	// the hoisted effects; braces when they need a scope of their own.
	init   ast.Stmt
	body   []ast.Stmt
	arm    ast.Node       // the node that the body comes from: block, clause, else-if
	inner  *ast.BlockStmt // the block that holds body, when it is not the arm
	braces bool
	// chain are the clauses that the body comes from, when it comes from a switch.
	chain  []*ast.CaseClause
	within bool // the arm declares a name that the init statement does, and keeps a scope of its own
	apart  bool // each clause of the chain keeps a scope of its own

	drop []bool // opArgs, opFields, opResults: which of the children go

	// opAssign
	lhs    []lhsAction
	dropR  []bool
	define bool // the result uses :=
	// opTuple: variables that must be declared without a value.
	declare []*ast.Ident
	// settled: made from what is known of variables after the walk; walked are
	// the effects that the walk put before.
	settled bool
	was     *decision // opDrop of a case that may be given back: what was decided before
	tail    bool      // opDrop of the last statement of a tail that is out of reach
	walked  []ast.Expr
	decl    string // text of a declaration that must precede what stays
	text    string // opText
	// more are elements that follow this one, the last of a literal.
	more []ast.Expr
}

// lhsAction is what happens to a variable on the left of an assignment.
type lhsAction int

const (
	lhsKeep  lhsAction = iota
	lhsBlank           // becomes _
	lhsDrop            // goes together with its value
)

// retains reports whether the child of n survives the decision on n, hoisted
// effects aside.
func (d *decision) retains(n, child ast.Node) bool {
	switch d.op {
	case opNone:
		return true
	case opDrop, opLit, opText, opTake:
		return false
	case opGive:
		switch s := n.(type) {
		case *ast.IfStmt:
			return child == ast.Node(s.Cond)
		case *ast.AssignStmt:
			return child == ast.Node(s.Rhs[0])
		}
		return false
	case opKeep:
		return child.Pos() <= d.keep.Pos() && d.keep.End() <= child.End() // an element stands in a literal
	case opSplice:
		if d.init != nil && child == ast.Node(d.init) {
			return true
		}
		if child == d.arm {
			return true
		}
		// the arm may be a clause of the switch's body block
		if b, ok := child.(*ast.BlockStmt); ok && d.arm != nil {
			return b.Pos() <= d.arm.Pos() && d.arm.End() <= b.End()
		}
		return false
	case opElseIf:
		s, ok := n.(*ast.IfStmt)
		return ok && (child == ast.Node(s.Init) || child == ast.Node(s.Else))
	case opInvert:
		if s, ok := n.(*ast.IfStmt); ok {
			return child != ast.Node(s.Body)
		}
	case opNoCond:
		if f, ok := n.(*ast.ForStmt); ok {
			return child != ast.Node(f.Cond)
		}
	case opNoTag:
		if s, ok := n.(*ast.SwitchStmt); ok {
			return child != ast.Node(s.Tag)
		}
	case opDefault:
		if c, ok := n.(*ast.CaseClause); ok {
			for _, e := range c.List {
				if child == ast.Node(e) {
					return false
				}
			}
		}
	case opRange:
		if r, ok := n.(*ast.RangeStmt); ok {
			return !(d.drop[0] && child == ast.Node(r.Key) || d.drop[1] && child == ast.Node(r.Value))
		}
	case opAssign, opTuple:
		lhs, rhs := assignParts(n)
		for i, e := range lhs {
			if child == ast.Node(e) {
				return d.lhs[i] == lhsKeep
			}
		}
		for i, e := range rhs {
			if child == ast.Node(e) {
				return !d.dropR[i]
			}
		}
	case opArgs:
		if c, ok := n.(*ast.CallExpr); ok {
			for i, a := range c.Args {
				if child == ast.Node(a) {
					return !d.drop[i]
				}
			}
		}
	case opResults:
		if r, ok := n.(*ast.ReturnStmt); ok {
			for i, x := range r.Results {
				if child == ast.Node(x) {
					return !d.drop[i]
				}
			}
		}
	case opFields:
		switch n := n.(type) {
		case *ast.Field:
			for i, name := range n.Names {
				if child == ast.Node(name) {
					return !d.drop[i]
				}
			}
		}
	}
	return true
}

// assignParts returns the variables and the values of an assignment or a value
// specification.
func assignParts(n ast.Node) (lhs []ast.Expr, rhs []ast.Expr) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs, n.Rhs
	case *ast.ValueSpec:
		for _, id := range n.Names {
			lhs = append(lhs, id)
		}
		return lhs, n.Values
	}
	return nil, nil
}
