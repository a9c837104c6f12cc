package flagref

import (
	"go/ast"
	"go/types"
)

// typeParams is the index from which on a parameter is the zero value of a type
// parameter: of the function, or of its receiver's type, for a function has one or
// the other. What methods of that value return can tell a key:
//
//	func On[F interface{ Key() string }]() bool { var f F; return client.Bool(f.Key()) }
const typeParams = 1 << 16

// noKey marks the result of a method that is no string, and may be a fallback only.
const noKey = "#"

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// zeroOf is the zero value of a type, as far as its methods may tell a key.
func zeroOf(t types.Type) *value {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		return param("", typeParams+tp.Index())
	}
	if name := typeName(t); name != "" && !types.IsInterface(t) {
		return &value{Kind: kStruct, Text: name}
	}
	return dynamic("the type is not known at build time")
}

// typeArg is the zero value of the type that a call gives for type parameter i of
// the function that fun names.
func (p *state) typeArg(fun ast.Expr, i int) *value {
	args := p.info.Instances[nameOf(fun)].TypeArgs
	if fn, ok := p.info.Uses[nameOf(fun)].(*types.Func); ok && args == nil {
		t := types.Unalias(recvType(fn))
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
		}
		if named, ok := t.(*types.Named); ok {
			args = named.TypeArgs()
		}
	}
	if args == nil || i >= args.Len() {
		return dynamic("the type is not known at build time")
	}
	return zeroOf(args.At(i))
}

// nameOf is the identifier by which an expression names a function, nil if by none.
func nameOf(fun ast.Expr) *ast.Ident {
	switch x := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	case *ast.IndexExpr:
		return nameOf(x.X)
	case *ast.IndexListExpr:
		return nameOf(x.X)
	}
	return nil
}
