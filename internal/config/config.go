// Package config reads .flaglint.yaml: which registries there are, which flag
// systems of the project's own, how the rules are set, and what is excluded.
// It knows the file's form; which rules and options exist is the analyzer's to
// say, with the positions that are kept here.
package config

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Config is a configuration file.
type Config struct {
	Registry []RegistryEntry
	// Environments are those that decide whether a flag is rolled out; empty: all
	// that the registries speak of.
	Environments []string
	Providers    []provider.Spec
	Rules        map[string]Rule
	// Sync is nil where nothing is fetched.
	Sync    *Sync
	Exclude []string // globs over slash paths relative to the file's directory
}

// RegistryEntry names registry files.
type RegistryEntry struct {
	Pattern string // a slash path or glob, relative to the configuration's directory
	Format  string // a registry format's name; empty: recognised
	Runtime *bool  // the running program reads it too; nil: as is usual for the format
	// Environment is the one that the files hold; empty: what they say themselves.
	Environment string
	Pos         registry.Position
}

// Rule is the setting of one rule.
type Rule struct {
	Severity string   // error, warning, info or off; empty: the rule's own
	Options  []Option // in the order of the file
	// Pos is where the rule is named, SeverityPos where its severity is given.
	Pos, SeverityPos registry.Position
}

// Option is one option of a rule, which only the rule can check.
type Option struct {
	Name  string
	Value any // bool, int64, float64, string, []any or map[string]any
	Pos   registry.Position
}

// Severities returns what a rule's severity can be.
func Severities() []string { return []string{"error", "warning", "info", "off"} }

// Parse reads a configuration that is named name in errors and positions. It is
// strict; the error holds all that is wrong, one FILE:LINE:COL: message a line.
func Parse(name string, data []byte) (*Config, error) {
	root, err := yamltree.Parse(name, data)
	if err != nil {
		return nil, err
	}
	p := &parser{sink: &yamltree.Sink{File: name}, config: &Config{Rules: map[string]Rule{}}}
	p.document(root)
	if err := p.sink.Err(); err != nil {
		return nil, err
	}
	return p.config, nil
}

type parser struct {
	sink   *yamltree.Sink
	config *Config
}

func (p *parser) position(n *yamltree.Node) registry.Position {
	return registry.Position{File: p.sink.File, Line: n.Line, Column: n.Column}
}

func (p *parser) document(root *yamltree.Node) {
	if root.Kind != yamltree.Map {
		p.sink.At(root, "want version: 1 and settings, not %s", root.Describe())
		return
	}
	for key, value := range p.sink.Entries(root) {
		switch key.Text {
		case "version":
			if value.Kind != yamltree.Int || value.Int != 1 {
				p.sink.At(key, "version: %s is not supported (want 1)", value.Describe())
			}
		case "registry":
			p.registry(value)
		case "environments":
			p.environments(value)
		case "providers":
			p.config.Providers = provider.DecodeList(value, p.sink)
		case "rules":
			p.rules(value)
		case "sync":
			p.sync(value)
		case "exclude":
			p.exclude(value)
		case "$schema":
			if value.Kind != yamltree.String {
				p.sink.WantString(value, "$schema")
			}
		default:
			p.sink.UnknownKey(key, []string{"version", "registry", "environments", "providers", "rules", "sync", "exclude", "$schema"})
		}
	}
	if root.Get("version") == nil {
		p.sink.At(root, "has no version (add version: 1)")
	}
}

func (p *parser) registry(n *yamltree.Node) {
	if n.Kind != yamltree.List {
		p.sink.Want(n, "registry", "a list of files")
		return
	}
	for _, item := range n.Items {
		entry, file := RegistryEntry{Pos: p.position(item)}, item
		if item.Kind == yamltree.Map {
			var spelt struct {
				File        string `yaml:"file"`
				Format      string `yaml:"format"`
				Runtime     *bool  `yaml:"runtime"`
				Environment string `yaml:"environment"`
			}
			before := p.sink.Len()
			yamltree.Decode(item, &spelt, "registry", p.sink)
			if p.sink.Len() > before {
				continue
			}
			entry.Pattern, entry.Format = spelt.File, spelt.Format
			entry.Runtime, entry.Environment = spelt.Runtime, spelt.Environment
			if file = item.Get("file"); file == nil {
				p.sink.At(item, "registry: entry has no file (add file: PATH)")
				continue
			}
			if f := item.Get("format"); f != nil && f.Text == "" {
				p.sink.At(f, "format: is empty (name one, or leave it out)")
			}
			if e := item.Get("environment"); e != nil && e.Text == "" {
				p.sink.At(e, "environment: is empty (name one, or leave it out)")
			}
		} else if item.Kind == yamltree.String {
			entry.Pattern = item.Text
		} else {
			p.sink.Want(item, "registry", "a file, a glob, or {file: PATH, format: NAME, runtime: BOOL}")
			continue
		}
		if p.pattern("registry", file) {
			p.config.Registry = append(p.config.Registry, entry)
		}
	}
}

func (p *parser) environments(n *yamltree.Node) {
	if n.Kind != yamltree.List {
		p.sink.Want(n, "environments", "a list of names")
		return
	}
	if len(n.Items) == 0 {
		p.sink.At(n, "environments: an empty list names none (name some, or leave it out)")
	}
	for _, item := range n.Items {
		switch {
		case item.Kind != yamltree.String:
			p.sink.WantString(item, "environments")
		case item.Text == "":
			p.sink.At(item, "environments: an empty text names no environment")
		case slices.Contains(p.config.Environments, item.Text):
			p.sink.At(item, "environments: %q stands twice (remove one)", item.Text)
		default:
			p.config.Environments = append(p.config.Environments, item.Text)
		}
	}
}

// pattern refuses what can name no file.
func (p *parser) pattern(where string, n *yamltree.Node) bool {
	switch text := n.Text; {
	case text == "":
		p.sink.At(n, "%s: an empty text names no file", where)
	case strings.Contains(text, `\`):
		p.sink.At(n, "%s: %q has a backslash (write paths with /)", where, text)
	case path.IsAbs(text) || len(text) > 1 && text[1] == ':':
		p.sink.At(n, "%s: %q is absolute (write it relative to this file)", where, text)
	case !doublestar.ValidatePattern(text):
		p.sink.At(n, "%s: %q is no valid glob", where, text)
	default:
		return true
	}
	return false
}

func (p *parser) rules(n *yamltree.Node) {
	if n.Kind != yamltree.Map {
		p.sink.Want(n, "rules", "a map from rule to settings")
		return
	}
	for key, value := range p.sink.Entries(n) {
		rule := Rule{Pos: p.position(key)}
		if value.Kind != yamltree.Map {
			p.sink.At(key, "rule %q: %s is not a map of settings (write {severity: %s} and options)", key.Text, value.Describe(), strings.Join(Severities(), "|"))
			continue
		}
		for name, setting := range p.sink.Entries(value) {
			switch {
			case setting.Kind == yamltree.Null:
				p.sink.At(name, "%s has no value (give one, or remove the line)", name.Text)
			case name.Text != "severity":
				p.unique(setting)
				rule.Options = append(rule.Options, Option{Name: name.Text, Value: setting.Any(), Pos: p.position(name)})
			case setting.Kind == yamltree.String && slices.Contains(Severities(), setting.Text):
				rule.Severity, rule.SeverityPos = setting.Text, p.position(name)
			default:
				p.sink.At(name, "severity: %s is unknown (want %s)", setting.Describe(), strings.Join(Severities(), ", "))
			}
		}
		p.config.Rules[key.Text] = rule
	}
}

// unique refuses maps with a key that stands twice, anywhere below the node.
func (p *parser) unique(n *yamltree.Node) {
	for _, item := range n.Items {
		p.unique(item)
	}
	for _, value := range p.sink.Entries(n) {
		p.unique(value)
	}
}

func (p *parser) exclude(n *yamltree.Node) {
	if n.Kind != yamltree.List {
		p.sink.Want(n, "exclude", "a list of globs")
		return
	}
	for _, item := range n.Items {
		if item.Kind != yamltree.String {
			p.sink.WantString(item, "exclude")
			continue
		}
		if !p.pattern("exclude", item) {
			continue
		}
		glob := path.Clean(item.Text)
		if glob == ".." || strings.HasPrefix(glob, "../") {
			p.sink.At(item, "exclude: %q is outside this file's directory and excludes nothing", item.Text)
			continue
		}
		p.config.Exclude = append(p.config.Exclude, glob)
	}
}

// Excluded reports whether a file, a slash path relative to the configuration's
// directory, or one of the directories that it is in matches an exclude glob.
func (c *Config) Excluded(file string) bool {
	for at := path.Clean(file); at != "." && at != "/"; at = path.Dir(at) {
		for _, glob := range c.Exclude {
			if doublestar.MatchUnvalidated(glob, at) {
				return true
			}
		}
		if at == ".." {
			break
		}
	}
	return false
}

// at puts a position before a message, in the form of all errors.
func at(pos registry.Position, format string, args ...any) error {
	return fmt.Errorf("%s: %s", pos, fmt.Sprintf(format, args...))
}
