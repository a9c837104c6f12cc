package recall

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/flaghygiene/flaglint/internal/digest"
)

// Store is what was remembered of one program: of the packages that some patterns name in
// some directory. It is one file, read and written as a whole, so that two runs at
// the same time do no harm: the later one counts.
type Store struct {
	file string
	old  content

	filled bool // with shards

	mu    sync.Mutex
	codes map[digest.Sum][]byte
}

// content is what the file holds.
type content struct {
	// Base is Options.Base.
	Base  digest.Sum
	Units map[string][]*entry
	// Codes are what code says of flags, which is the same for many packages.
	Codes map[digest.Sum][]byte
	// Exports are the files with the export data of packages that are not typed from
	// source, as the go command named them.
	Exports map[string]exportFile
}

// exportFile is where the export data of a package is, by the key of all that the
// package depends on.
type exportFile struct {
	Key  digest.Sum
	File string
}

const (
	// magic begins each file; then comes the hash of the rest.
	magic  = "flaglint remembers 2\n"
	suffix = ".flaglint"
	// maxEntries and maxJudged bound what is kept of a package beside what the last run
	// used: a program goes back to an earlier state when branches are switched.
	maxEntries = 4
	maxJudged  = 4
)

// Open reads what is remembered under a key in a directory. A file that is missing,
// broken or of another version is as good as an empty one.
func Open(dir string, key digest.Sum) *Store {
	s := &Store{file: filepath.Join(dir, fmt.Sprintf("%x%s", key[:16], suffix)), codes: map[digest.Sum][]byte{}}
	data, err := os.ReadFile(s.file)
	if err != nil {
		return s
	}
	if c, ok := unpack(data); ok {
		s.old = c
		// The file was of use, whether or not it is written again: see Trim. A clock
		// decides about nothing else.
		_ = os.Chtimes(s.file, time.Time{}, time.Now())
	}
	return s
}

// unpack reads what pack wrote.
func unpack(data []byte) (c content, ok bool) {
	sum, data, ok := cutHeader(data)
	if !ok || sha256.Sum256(data) != sum {
		return c, false
	}
	err := gob.NewDecoder(bytes.NewReader(data)).Decode(&c)
	return c, err == nil
}

// pack writes the content as a file.
func (c content) pack() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(magic)
	b.Write(make([]byte, sha256.Size))
	if err := gob.NewEncoder(&b).Encode(c); err != nil {
		return nil, err
	}
	data := b.Bytes()
	sum := sha256.Sum256(data[len(magic)+sha256.Size:])
	copy(data[len(magic):], sum[:])
	return data, nil
}

// ErrNoShard is what Fill says of a file that is no shard, or not a whole one.
var ErrNoShard = errors.New("is not a whole shard")

// ErrOtherShard is what Fill says of a shard of which no package can be of use.
var ErrOtherShard = errors.New("was made by another build of flaglint, or for other flag systems")

// Fill adds what a run with a Shard found (Result.Shard), for a run whose Options.Base is
// given. Of a package that is as it was, and so is all that its search and the rules asked
// of its surroundings, what was found is taken; all else is found again.
func (s *Store) Fill(shard []byte, base digest.Sum) error {
	c, ok := unpack(shard)
	switch {
	case !ok:
		return ErrNoShard
	case c.Base != base:
		return ErrOtherShard
	}
	s.filled = true
	if s.old.Units == nil {
		s.old.Units = map[string][]*entry{}
	}
	if s.old.Codes == nil {
		s.old.Codes = map[digest.Sum][]byte{}
	}
	for name, list := range c.Units {
		s.old.Units[name] = join(s.old.Units[name], list)
	}
	maps.Copy(s.old.Codes, c.Codes)
	return nil
}

// cutHeader splits a file into the hash that it names and the rest.
func cutHeader(data []byte) (sum digest.Sum, rest []byte, ok bool) {
	rest, ok = bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < len(sum) {
		return sum, nil, false
	}
	copy(sum[:], rest)
	return sum, rest[len(sum):], true
}

// None remembers nothing beyond a run.
func None() *Store { return &Store{codes: map[digest.Sum][]byte{}} }

// code gives what addCode was given, now or in the run that wrote the file.
func (s *Store) code(sum digest.Sum) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if code, ok := s.codes[sum]; ok {
		return code
	}
	return s.old.Codes[sum]
}

func (s *Store) addCode(code []byte) digest.Sum {
	if len(code) == 0 {
		return digest.Sum{}
	}
	sum := digest.Sum(sha256.Sum256(code))
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.codes[sum]; !ok {
		s.codes[sum] = code
	}
	return sum
}

// exportFile gives the file with the export data of a package, where it is known and
// still there.
func (r *runner) exportFile(config, path string) string {
	x, ok := r.Store.old.Exports[config+" "+path]
	if !ok || r.outsideByPath()[config+" "+path] != x.Key {
		return ""
	}
	if _, err := os.Stat(x.File); err != nil {
		return ""
	}
	return x.File
}

// outsideByPath are the keys of packages that are not typed from source.
func (r *runner) outsideByPath() map[string]digest.Sum {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byPath == nil {
		r.byPath = map[string]digest.Sum{}
		for _, u := range r.all {
			for _, p := range u.pkg.Outside() {
				r.byPath[u.pkg.Config+" "+p.PkgPath] = r.outsides[p]
			}
		}
	}
	return r.byPath
}

// keep writes what a run knows, and reports whether it could. That it cannot is no
// reason to fail: the next run takes longer.
func (s *Store) keep(r *runner) bool {
	if s.file == "" {
		return false
	}
	now := r.newContent()
	now.Exports = s.old.Exports
	for _, u := range r.all {
		list := slices.Clone(u.fresh)
		for _, e := range u.entries {
			if len(list) < maxEntries && !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
		now.add(s, u.name, list)
	}
	keys := r.outsideByPath()
	configs := map[string]bool{}
	for _, u := range r.all {
		configs[u.pkg.Config] = true
	}
	for g := range configs {
		files := r.typer.ExportFiles(g)
		if files == nil {
			continue
		}
		if now.Exports = maps.Clone(now.Exports); now.Exports == nil {
			now.Exports = map[string]exportFile{}
		}
		for path, file := range files {
			if key, ok := keys[g+" "+path]; ok && file != "" {
				now.Exports[g+" "+path] = exportFile{key, file}
			}
		}
	}
	for name := range now.Exports {
		if _, ok := keys[name]; !ok {
			delete(now.Exports, name)
		}
	}
	data, err := now.pack()
	return err == nil && write(s.file, data) == nil
}

// pack writes what this run found or used, of the units that it needed.
func (r *runner) pack() ([]byte, error) {
	c := r.newContent()
	for _, u := range r.all {
		if u.needed {
			c.add(r.Store, u.name, u.fresh)
		}
	}
	return c.pack()
}

func (r *runner) newContent() content {
	return content{Base: r.Base, Units: map[string][]*entry{}, Codes: map[digest.Sum][]byte{}}
}

// add puts the entries of a unit in the content.
func (c content) add(s *Store, name string, list []*entry) {
	for _, e := range list {
		e.Judged = e.Judged[:min(len(e.Judged), maxJudged)]
		for _, j := range e.Judged {
			if code := s.code(j.Code); len(code) > 0 {
				c.Codes[j.Code] = code
			}
		}
	}
	c.Units[name] = list
}

// write puts a file in place as a whole.
func write(name string, data []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "writing-*"+suffix)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// Trim deletes the files that were of no use for the longest time, until those that
// are left have no more than max bytes, and what killed runs have left.
func Trim(dir string, max int64, now time.Time) error {
	list, err := stored(dir)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var size int64
	for i, info := range list {
		size += info.Size()
		abandoned := strings.HasPrefix(info.Name(), "writing-") && now.Sub(info.ModTime()) > time.Hour
		if abandoned || i > 0 && size > max {
			err = errors.Join(err, remove(filepath.Join(dir, info.Name())))
		}
	}
	return err
}

// Clear deletes everything.
func Clear(dir string) error {
	list, err := stored(dir)
	for _, info := range list {
		err = errors.Join(err, remove(filepath.Join(dir, info.Name())))
	}
	return err
}

// remove deletes a file, unless another run has done so.
func remove(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// stored are the files of all stores in a directory.
func stored(dir string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []fs.FileInfo
	for _, e := range entries {
		if info, ierr := e.Info(); ierr == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), suffix) {
			out = append(out, info)
		}
	}
	return out, err
}
