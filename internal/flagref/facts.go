package flagref

import "go/types"

// funcFact tells importers what a function does with flags.
type funcFact struct{ Sum *summary }

// valueFact tells importers what a package variable, or a struct field, holds.
type valueFact struct{ Value *value }

// AFact marks a fact of go/analysis.
func (*funcFact) AFact() {}

// AFact marks a fact of go/analysis.
func (*valueFact) AFact() {}

// String renders the fact, for tests.
func (f *funcFact) String() string { return f.Sum.String() }

// String renders the fact, for tests.
func (f *valueFact) String() string { return f.Value.String() }

// factCache holds the facts of imported objects that were asked for.
type factCache struct {
	sums   map[*types.Func]*summary
	values map[*types.Var]*value
}

func (c *factCache) summary(p *state, fn *types.Func) *summary {
	if s, ok := c.sums[fn]; ok {
		return s
	}
	if c.sums == nil {
		c.sums = map[*types.Func]*summary{}
	}
	var f funcFact
	if p.pass.ImportObjectFact(fn, &f) {
		c.sums[fn] = f.Sum
	} else {
		c.sums[fn] = nil
		p.look.miss(fn)
	}
	return c.sums[fn]
}

func (c *factCache) variable(p *state, v *types.Var) *value {
	if got := c.value(p, v); got != nil {
		return got
	}
	return p.unknownOf(v.Pkg(), "the variable "+v.Name()+" has no value that is known")
}

func (c *factCache) field(p *state, f *types.Var) *value { return c.value(p, f) }

func (c *factCache) value(p *state, v *types.Var) *value {
	if got, ok := c.values[v]; ok {
		return got
	}
	if c.values == nil {
		c.values = map[*types.Var]*value{}
	}
	var f valueFact
	c.values[v] = nil
	if v.Pkg() != nil && p.pass.ImportObjectFact(v, &f) {
		c.values[v] = f.Value
	} else {
		p.look.miss(v)
	}
	return c.values[v]
}

// export tells importers what they can use: of exported functions and methods
// their summaries, of exported package variables and fields their values.
func (p *state) export(keys map[*types.Var]keyFact) {
	for fn, s := range p.sums {
		if fn.Exported() && !s.empty() {
			p.pass.ExportObjectFact(fn, &funcFact{s})
		}
	}
	if impls := p.impls.list(); len(impls) > 0 {
		p.pass.ExportPackageFact(&implFact{impls})
	}
	for f, fact := range keys {
		if f.Pkg() == p.pass.Pkg {
			p.pass.ExportObjectFact(f, &fact)
		}
	}
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok && v.Exported() {
			p.exportValue(v, p.evalVar(v))
		}
	}
	for f := range p.idx.writes {
		if f.IsField() && f.Exported() && f.Pkg() == p.pass.Pkg {
			p.exportValue(f, p.fieldValue(f))
		}
	}
	for f, got := range p.fixed {
		if f.Exported() && f.Pkg() == p.pass.Pkg {
			p.exportValue(f, got)
		}
	}
}

func (p *state) exportValue(v *types.Var, got *value) {
	if got == nil || got.Kind == kDynamic || got.symbolic() || !got.telling() || v != v.Origin() {
		return
	}
	p.pass.ExportObjectFact(v, &valueFact{got})
}
