package flagref

import "go/ast"

// table is the result of a function that maps its parameter to constants by a
// switch, as the String method of an enumeration does: an element of a map, which
// a caller with a constant makes known. Nil: the function is another.
func (p *state) table(body *ast.BlockStmt) *value {
	if len(body.List) == 0 || len(body.List) > 2 {
		return nil
	}
	s, ok := body.List[0].(*ast.SwitchStmt)
	if !ok || s.Init != nil || s.Tag == nil {
		return nil
	}
	tag := p.eval(s.Tag)
	if tag.Kind != kParam || tag.Text != "" {
		return nil
	}
	m, otherwise := &value{Kind: kMap}, (*value)(nil)
	for _, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		v := p.returned(cc.Body)
		if v == nil {
			return nil
		}
		if cc.List == nil {
			otherwise = v
			continue
		}
		for _, x := range cc.List {
			key := p.eval(x)
			if key.Kind != kConst {
				return nil
			}
			m.Keys, m.Elems = append(m.Keys, key), append(m.Elems, v)
		}
	}
	if len(body.List) == 2 {
		if otherwise = p.returned(body.List[1:]); otherwise == nil {
			return nil
		}
	}
	if len(m.Elems) == 0 {
		return nil
	}
	out := &value{Kind: kIndex, Elems: []*value{m, tag}}
	if otherwise != nil {
		out.Elems = append(out.Elems, otherwise)
	}
	return out
}

// returned is the one value that a list of statements, a return alone, gives; nil
// if that is not a text, or what makes one out of no constant, for a value that has
// no name.
func (p *state) returned(list []ast.Stmt) *value {
	if len(list) != 1 {
		return nil
	}
	r, ok := list[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return nil
	}
	v := p.eval(r.Results[0])
	if v.isString() || v.Kind == kDynamic {
		return v
	}
	return nil
}

// element returns x[i], or otherwise where x is a map that lacks i.
func (p *state) element(x, i, otherwise *value) *value {
	if otherwise == nil {
		return p.indexValue(x, i)
	}
	if x.Kind != kMap || i.Kind == kParam {
		return &value{Kind: kIndex, Elems: []*value{x, i, otherwise}}
	}
	if i.Kind != kConst {
		return oneOf(append([]*value{otherwise}, x.Elems...))
	}
	for k, key := range x.Keys {
		if same(key, i) {
			return x.Elems[k]
		}
	}
	return otherwise
}
