package load

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"os"
	"sync"
)

// parseCache caches files by name: a file that a package, its test variant and
// other build configurations hold is parsed once.
type parseCache struct {
	fset    *token.FileSet
	overlay map[string][]byte

	mu       sync.Mutex
	files    map[string]*parsed
	replaced []token.Pos // where the files begin that replace forgot
	// expect, if not nil, says whether a text is the one that a file should have;
	// changed is set where it is not.
	expect  func(name string, src []byte) bool
	changed bool
	// called, if not nil, gives the name that a file has in positions.
	called func(name string) string
}

type parsed struct {
	once sync.Once
	src  []byte
	file *ast.File
	errs []Error
}

func newParseCache(overlay map[string][]byte) *parseCache {
	return &parseCache{fset: token.NewFileSet(), overlay: overlay, files: map[string]*parsed{}}
}

// parse returns the file, nil when it could not be read, and what is wrong with it.
func (c *parseCache) parse(name string) (*ast.File, []Error) {
	c.mu.Lock()
	p, ok := c.files[name]
	if !ok {
		p = &parsed{}
		c.files[name] = p
	}
	c.mu.Unlock()
	p.once.Do(func() { c.read(name, p) })
	return p.file, p.errs
}

func (c *parseCache) read(name string, p *parsed) {
	src, ok := c.overlay[name]
	if !ok {
		var err error
		if src, err = os.ReadFile(name); err != nil {
			p.errs = []Error{{File: name, Message: err.Error()}}
			return
		}
	}
	p.src = src
	if c.expect != nil && !c.expect(name, src) {
		c.mu.Lock()
		c.changed = true
		c.mu.Unlock()
	}
	as := name
	if c.called != nil {
		as = c.called(name)
	}
	file, err := parser.ParseFile(c.fset, as, src, parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
	p.file = file
	switch err := err.(type) {
	case nil:
	case scanner.ErrorList:
		e := err[0] // the others follow from it as often as not
		p.errs = []Error{{File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Msg}}
	default:
		p.errs = []Error{{File: name, Message: err.Error()}}
	}
}

// sources returns the bytes of all files read.
func (c *parseCache) sources() map[string][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string][]byte, len(c.files))
	for name, p := range maps.All(c.files) {
		if p.src != nil {
			out[name] = p.src
		}
	}
	return out
}

// replace forgets a file that was parsed before, so that it is parsed from src. The
// positions of the old syntax hold until forget.
func (c *parseCache) replace(name string, src []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.files[name]; p != nil && p.file != nil {
		c.replaced = append(c.replaced, p.file.FileStart)
	}
	if c.overlay == nil {
		c.overlay = map[string][]byte{}
	}
	c.overlay[name] = src
	delete(c.files, name)
}

// forget gives up the positions of the syntax that was replaced.
func (c *parseCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, at := range c.replaced {
		if f := c.fset.File(at); f != nil {
			c.fset.RemoveFile(f)
		}
	}
	c.replaced = nil
}

// source is the text of a file that was parsed, nil of one that was not.
func (c *parseCache) source(name string) []byte {
	c.mu.Lock()
	p := c.files[name]
	c.mu.Unlock()
	if p == nil {
		return nil
	}
	p.once.Do(func() { c.read(name, p) })
	return p.src
}

// call gives files another name in positions from now on, nil their own.
func (c *parseCache) call(as func(name string) string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.called, c.files = as, map[string]*parsed{}
}

// drop forgets a file; it is parsed again where somebody asks for it again.
func (c *parseCache) drop(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.files, name)
}
