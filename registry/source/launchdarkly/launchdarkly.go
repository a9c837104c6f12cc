// Package launchdarkly reads what LaunchDarkly's REST API (v2, client 22.0.0)
// returns of flags and of flag statuses, and the files of its file data source.
package launchdarkly

import (
	"net/url"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "launchdarkly", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	return isFlags(root) || isStatuses(root) || isFile(root)
}

// isFlags takes the answer of GET /api/v2/flags/{project}.
func isFlags(root read.Node) bool {
	for _, item := range root.At("items").Values() {
		if item.At("key").Exists() && item.At("variations").Exists() && (item.At("_version").Exists() || item.At("environments").Exists()) {
			return true
		}
	}
	return false
}

// isStatuses takes the answer of GET /api/v2/flag-statuses/{project}/{environment}.
func isStatuses(root read.Node) bool {
	for _, item := range root.At("items").Values() {
		if item.At("_links").Exists() && item.At("name").Is(yamltree.String) {
			switch item.At("name").Key() {
			case "new", "active", "launched", "inactive":
				return true
			}
		}
	}
	return false
}

// isFile takes a file of the file data source.
func isFile(root read.Node) bool {
	if root.At("flagValues").Is(yamltree.Map) {
		return true
	}
	for _, flag := range root.At("flags").Values() {
		if flag.At("fallthrough").Exists() && flag.At("variations").Is(yamltree.List) {
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	switch {
	case isFlags(root):
		read.Whole(root, "totalCount", len(root.List("items")))
		for _, item := range root.List("items") {
			if row := f.NamedRow(item, "key"); row != nil {
				readFlag(row, item)
			}
		}
	case isStatuses(root):
		for _, item := range root.List("items") {
			readStatus(f, item)
		}
	default:
		for key, flag := range root.Get("flags").Entries() {
			row := f.KeyRow(key)
			readConfig(row, "", flag, addVariations(row, flag.List("variations")))
		}
		for key, value := range root.Get("flagValues").Entries() {
			row := f.KeyRow(key)
			row.Serve("", value, value.Value(), registry.Date{})
		}
	}
}

func readFlag(row *read.Row, item read.Node) {
	row.Set("description", item.Get("description"))
	row.Set("description", item.Get("name"))
	row.SetCreated(item.Get("creationDate"))
	row.SetTags(item.Get("tags"))
	row.Set("owner", item.Get("_maintainer").Get("email"))
	row.Set("owner", item.Get("maintainerTeamKey"))
	row.Permanent = !item.Bool("temporary", true)
	kind := item.Get("kind")
	if kind.AsText() == "boolean" {
		row.SetType(kind, registry.TypeBool)
	}
	for name, property := range item.Get("customProperties").Entries() {
		readProperty(row, name.Key(), property)
	}
	variations := item.List("variations")
	values := make([]registry.Value, 0, len(variations))
	for _, v := range variations {
		value := v.Get("value").Value()
		values = append(values, value)
		row.Variant(value)
	}
	if item.Bool("archived", false) {
		row.Retire()
		return
	}
	for name, env := range item.Get("environments").Entries() {
		readConfig(row, name.Key(), env, values)
	}
}

func addVariations(row *read.Row, variations []read.Node) []registry.Value {
	values := make([]registry.Value, len(variations))
	for i, v := range variations {
		values[i] = v.Value()
		row.Variant(values[i])
	}
	return values
}

// readProperty reads a custom property that says what flags.yaml says too.
func readProperty(row *read.Row, name string, property read.Node) {
	values := property.List("value")
	if len(values) == 0 || !values[0].Is(yamltree.String) {
		return
	}
	switch strings.ToLower(name) {
	case "jira", "issue", "ticket":
		row.Set("issue", values[0])
	case "owner":
		row.Owner = ""
		row.Set("owner", values[0])
	case "expires", "expiry", "expiration":
		row.SetExpires(values[0], values[0].Date())
	}
}

// readConfig reads what one environment serves.
func readConfig(row *read.Row, env string, c read.Node, values []registry.Value) {
	if !c.Exists() {
		return
	}
	for _, p := range c.List("prerequisites") {
		if key, ok := p.Required("key"); ok {
			row.Require(key)
		}
	}
	since := c.Get("lastModified").Millis()
	if c.Bool("archived", false) {
		row.Fallback(env, c, since)
		return
	}
	serve := func(index read.Node) {
		if !index.Exists() {
			row.Fallback(env, c, since) // no variation: what the code falls back to
			return
		}
		i, ok := index.Index(len(values))
		if !ok {
			index.Errorf("there is no such variation")
			return
		}
		row.Serve(env, index, values[i], since)
	}
	if !c.RequiredBool("on") {
		serve(c.Get("offVariation"))
		return
	}
	for _, rules := range []string{"prerequisites", "targets", "contextTargets", "rules"} {
		if at := c.Get(rules); len(at.Items()) > 0 {
			row.Depends(env, at)
			return
		}
	}
	through, ok := c.Required("fallthrough")
	if !ok {
		return
	}
	if index := through.Get("variation"); index.Exists() {
		serve(index)
		return
	}
	for _, w := range through.Get("rollout").List("variations") {
		if w.Number("weight", 0) == 100000 {
			serve(w.Get("variation"))
			return
		}
	}
	row.Depends(env, through)
}

// readStatus reads what code falls back to. The key stands in links only.
func readStatus(f *read.File, item read.Node) {
	links, ok := item.Required("_links")
	if !ok {
		return
	}
	link := links.Get("parent").Get("href")
	if !link.Exists() {
		link = links.Get("self").Get("href")
	}
	path := link.AsText()
	key, err := url.PathUnescape(path[strings.LastIndex(path, "/")+1:])
	if !strings.Contains(path, "/") || err != nil {
		links.Errorf("_links name no flag (want parent or self with the flag's address)")
		return
	}
	pos := link.Pos()
	row := f.Row(pos.Line, pos.Column, key)
	if d := item.Get("default"); d.Exists() {
		row.SetDefault(d, d.Value())
	}
}
