package config

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Sync is what `flaglint sync` fetches, and where to.
type Sync struct {
	// Snapshot and History are slash paths relative to the configuration's directory;
	// History is empty where none is kept.
	Snapshot, History string
	// MaxAge is the number of days after which a snapshot is told to be old.
	MaxAge  int
	Sources []Source
}

// Source is a service or a store that flags are fetched from. What its fields mean
// depends on the type, which this package does not know.
type Source struct {
	Name         string   `yaml:"name"`
	Type         string   `yaml:"type"`
	Address      string   `yaml:"address"`
	Token        string   `yaml:"token"`
	Project      string   `yaml:"project"`
	Organization string   `yaml:"organization"`
	Account      string   `yaml:"account"`
	Environments []string `yaml:"environments"`
	Format       string   `yaml:"format"`
	Header       string   `yaml:"header"`
	Timeout      string   `yaml:"timeout"`
	// Of stores.
	Query   string `yaml:"query"`
	Key     string `yaml:"key"`
	Pattern string `yaml:"pattern"`
	Prefix  string `yaml:"prefix"`
	Layout  string `yaml:"layout"`
	Preset  string `yaml:"preset"`
	// Ignore are the fields of flags that decide nothing.
	Ignore []string `yaml:"ignore"`

	// Wait is Timeout, 0 where it is not given.
	Wait time.Duration     `yaml:"-"`
	Pos  registry.Position `yaml:"-"`
}

// DefaultSnapshot is where the snapshot is, where the configuration does not say.
const DefaultSnapshot = "flags.snapshot.json"

// variableSyntax is what the name of an environment variable can be.
var variableSyntax = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func (p *parser) sync(n *yamltree.Node) {
	if n.Kind != yamltree.Map {
		p.sink.Want(n, "sync", "a map with sources")
		return
	}
	p.config.Sync = &Sync{Snapshot: DefaultSnapshot, MaxAge: registry.Never}
	for key, value := range p.sink.Entries(n) {
		switch key.Text {
		case "snapshot":
			p.config.Sync.Snapshot = p.syncFile("snapshot", value)
		case "history":
			p.config.Sync.History = p.syncFile("history", value)
		case "max-age":
			days, err := registry.ParseDays(value.Text)
			if value.Kind != yamltree.String || err != nil {
				p.sink.At(value, "max-age: %s is no number of days (want one such as 7d, or never)", value.Describe())
				continue
			}
			p.config.Sync.MaxAge = days
		case "sources":
			if value.Kind != yamltree.List {
				p.sink.Want(value, "sources", "a list of sources")
				continue
			}
			for _, item := range value.Items {
				if s, ok := p.source(item); ok {
					p.config.Sync.Sources = append(p.config.Sync.Sources, s)
				}
			}
		default:
			p.sink.UnknownKey(key, []string{"snapshot", "history", "max-age", "sources"})
		}
	}
	if n.Get("sources") == nil {
		p.sink.At(n, "sync: has no sources (add sources: [{name: NAME, type: TYPE, …}])")
	}
}

func (p *parser) source(n *yamltree.Node) (Source, bool) {
	s := Source{Pos: p.position(n)}
	before := p.sink.Len()
	yamltree.Decode(n, &s, "source", p.sink)
	if p.sink.Len() > before {
		return s, false
	}
	field := func(name string) *yamltree.Node {
		if f := n.Get(name); f != nil {
			return f
		}
		return n
	}
	switch {
	case s.Name == "":
		p.sink.At(n, "source: has no name (add name: NAME)")
	case strings.ContainsAny(s.Name, "/\\\x00\n") || strings.TrimSpace(s.Name) != s.Name:
		p.sink.At(field("name"), "name: %q cannot name a source (want a word)", s.Name)
	case slices.ContainsFunc(p.config.Sync.Sources, func(o Source) bool { return o.Name == s.Name }):
		p.sink.At(field("name"), "name: there is a source %q already (name them apart)", s.Name)
	case s.Type == "":
		p.sink.At(n, "source %q: has no type (add type: http, launchdarkly …)", s.Name)
	case s.Token != "" && !variableSyntax.MatchString(s.Token):
		// It may be the token itself: it is not repeated.
		p.sink.At(field("token"), "token: is no name of an environment variable (name the variable that holds the token, never the token)")
	}
	names := map[string]bool{}
	for i, e := range s.Environments {
		name, id, both := strings.Cut(e, "=")
		name = strings.TrimSpace(name)
		switch at := n.Get("environments").Items[i]; {
		case name == "" || both && strings.TrimSpace(id) == "":
			p.sink.At(at, "environments: %q names no environment (want NAME, or NAME=ID of the service)", e)
		case names[name]:
			p.sink.At(at, "environments: %q stands twice (remove one)", name)
		}
		names[name] = true
	}
	if s.Timeout != "" {
		d, err := time.ParseDuration(s.Timeout)
		if err != nil || d <= 0 || d > time.Hour {
			p.sink.At(field("timeout"), "timeout: %q is no time (want one such as 30s, at most 1h)", s.Timeout)
		}
		s.Wait = d
	}
	return s, p.sink.Len() == before
}

// syncFile reads the name of a file that sync writes.
func (p *parser) syncFile(where string, n *yamltree.Node) string {
	if n.Kind != yamltree.String {
		p.sink.WantString(n, where)
		return ""
	}
	if strings.ContainsAny(n.Text, "*?[{") || !p.pattern(where, n) {
		if strings.ContainsAny(n.Text, "*?[{") {
			p.sink.At(n, "%s: %q is a glob (name one file)", where, n.Text)
		}
		return ""
	}
	if c := path.Clean(n.Text); c == ".." || strings.HasPrefix(c, "../") {
		p.sink.At(n, "%s: %q is outside this file's directory", where, n.Text)
		return ""
	}
	return path.Clean(n.Text)
}
