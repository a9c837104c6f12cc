package lsp

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// watchGlob matches what the server reads: Go files, what the go command reads, and
// registries and configurations, whatever their names are.
const watchGlob = "**/*.{go,mod,work,yaml,yml,json,toml,csv,env,ini,properties}"

// watch asks the client to watch files.
func (s *server) watch() {
	watchers := []watcher{{watchGlob}, {"**/.env*"}}
	if base := filepath.Base(s.Baseline); s.Baseline != "" && !strings.ContainsAny(base, "*?[]{}") {
		watchers = append(watchers, watcher{"**/" + base})
	}
	err := s.conn.Call(s.ctx, "client/registerCapability", registrationParams{[]registration{{
		ID: "flaglint-files", Method: "workspace/didChangeWatchedFiles", RegisterOptions: watchOptions{watchers},
	}}}, nil)
	if err != nil && s.ctx.Err() == nil {
		s.logf(messageWarning, "the client does not watch files (%v): they are looked at every %s", err, pollEvery)
		s.poll()
	}
}

// watched takes what the client saw change on disk.
func (s *server) watched(p watchedParams) {
	const created, changed, deleted = 1, 2, 3
	for _, c := range p.Changes {
		name := s.docs.name(c.URI)
		switch c.Type {
		case created, deleted:
			s.touch(name, touchedFiles)
		case changed:
			s.touch(name, touchedDisk)
		}
	}
}

// pollEvery is how often files are looked at for clients that watch none.
const pollEvery = 2 * time.Second

// poll looks at the files that the views have read, and at their directories.
func (s *server) poll() {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	type seen struct {
		view *view
		name string
	}
	times := map[seen]time.Time{}
	begun := map[*view]bool{}
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
		}
		s.mu.Lock()
		views := append([]*view(nil), s.views...)
		s.mu.Unlock()
		for _, v := range views {
			if !v.loaded() {
				continue
			}
			first := !begun[v]
			begun[v] = true
			read := v.files()
			for i, name := range append(read, v.goFiles()...) {
				at := time.Time{} // of what does not exist
				if info, err := os.Stat(name); err == nil {
					at = info.ModTime()
				}
				before, known := times[seen{v, name}]
				times[seen{v, name}] = at
				switch {
				case first && i < len(read) && !at.IsZero() && !isGoSetting(name):
					v.touch(name, touchedDisk) // it may have changed since it was read
				case first, known && before.Equal(at), !known && at.IsZero():
				case at.IsZero(), before.IsZero():
					v.touch(name, touchedFiles)
				default:
					v.touch(name, touchedDisk)
				}
			}
		}
	}
}

// isGoFile reports whether the go command may compile a file.
func isGoFile(name string) bool {
	base := filepath.Base(name)
	return strings.HasSuffix(base, ".go") && base[0] != '.' && base[0] != '_'
}

// isGoSetting reports whether the go command takes its modules from a file.
func isGoSetting(name string) bool {
	switch filepath.Base(name) {
	case "go.mod", "go.work":
		return true
	}
	return false
}

// isSetting reports whether a file is by its name a configuration or a registry.
func isSetting(name string) bool {
	switch filepath.Base(name) {
	case ".flaglint.yaml", "flags.yaml":
		return true
	}
	return false
}

// moduleDir is the workspace or module that holds a directory, empty if none does.
func moduleDir(dir string) string {
	module := ""
	for at := dir; ; at = filepath.Dir(at) {
		if isFile(filepath.Join(at, "go.work")) {
			return at
		}
		if module == "" && isFile(filepath.Join(at, "go.mod")) {
			module = at
		}
		if at == filepath.Dir(at) {
			return module
		}
	}
}

func inModule(dir string) bool { return moduleDir(dir) != "" }

// inModuleCache reports whether a file is one of those that the go command keeps of
// other modules: …/pkg/mod/path@version/….
func inModuleCache(name string) bool {
	return strings.Contains(filepath.ToSlash(name), "/pkg/mod/") && strings.Contains(name, "@v")
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
