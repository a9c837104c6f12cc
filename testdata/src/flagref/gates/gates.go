// Package gates is an invented registry of feature gates in code.
package gates

type Name string

type stage string

const (
	Alpha stage = "ALPHA"
	GA    stage = ""
	Gone  stage = "GONE"
)

type Spec struct {
	Default, Lock bool
	Stage         stage
	Version       string
	Owner         string
}

type Specs []Spec

type Set struct{}

func (s *Set) Add(map[Name]Spec)            {}
func (s *Set) AddVersioned(map[Name]Specs)  {}
func (s *Set) Enabled(n Name) bool          { return false }
func (s *Set) Parse(text string) error      { return nil }
func (s *Set) Toggle(text string) error     { return nil }

type Store struct{}

type Builder struct{}

func (s *Store) Flag(key string) *Builder   { return nil }
func (s *Store) Update(b *Builder)          {}
func (b *Builder) Value(v bool) *Builder    { return b }
func (b *Builder) Other() *Builder          { return b }

type Memo struct {
	Serve    string
	Variants map[string]any
}

func Memory(flags map[string]Memo) {}
