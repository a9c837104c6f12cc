package removal

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tree is a directory with the files of a test: name to content.
type tree map[string]string

func (w tree) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range w {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o644))
	}
	return dir
}

func readTree(t *testing.T, dir string) tree {
	t.Helper()
	out := tree{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return out
}

var before = tree{"a.go": "old a\n", "b/b.go": "old b\n", "gone.go": "old gone\n", "flags.yaml": "old\n"}

func editsOf(dir string) []FileEdit {
	return []FileEdit{
		{Name: filepath.Join(dir, "a.go"), Before: []byte("old a\n"), After: []byte("new a\n")},
		{Name: filepath.Join(dir, "b/b.go"), Before: []byte("old b\n"), After: []byte("new b\n")},
		{Name: filepath.Join(dir, "flags.yaml"), Before: []byte("old\n"), After: []byte{}},
		{Name: filepath.Join(dir, "gone.go"), Before: []byte("old gone\n")},
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	dir := before.write(t)
	require.NoError(t, os.Chmod(filepath.Join(dir, "a.go"), 0o755))
	require.NoError(t, (&Plan{Files: editsOf(dir)}).Apply(context.Background()))
	assert.Equal(t, tree{"a.go": "new a\n", "b/b.go": "new b\n", "flags.yaml": ""}, readTree(t, dir))
	info, err := os.Stat(filepath.Join(dir, "a.go"))
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o755), info.Mode().Perm())
}

// TestApplySymlink writes what a link points to, and keeps the link.
func TestApplySymlink(t *testing.T) {
	t.Parallel()
	dir := tree{"real/a.go": "old\n"}.write(t)
	link := filepath.Join(dir, "a.go")
	if err := os.Symlink(filepath.Join("real", "a.go"), link); err != nil {
		t.Skip(err)
	}
	edit := FileEdit{Name: link, Before: []byte("old\n"), After: []byte("new\n")}
	require.NoError(t, apply(context.Background(), []FileEdit{edit}, osFiles{}))
	assert.Equal(t, tree{"real/a.go": "new\n", "a.go": "new\n"}, readTree(t, dir))
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&fs.ModeSymlink)

	twice := []FileEdit{
		{Name: link, Before: []byte("new\n"), After: []byte("1\n")},
		{Name: filepath.Join(dir, "real/a.go"), Before: []byte("new\n"), After: []byte("2\n")},
	}
	assert.ErrorContains(t, apply(context.Background(), twice, osFiles{}), "is the same file as")
	assert.Equal(t, "new\n", readTree(t, dir)["a.go"])
}

// TestConcurrentEdit: a file that is not what the plan was made from is refused,
// whether it changed before the writing or in the middle of it.
func TestConcurrentEdit(t *testing.T) {
	t.Parallel()
	t.Run("changed before", func(t *testing.T) {
		t.Parallel()
		dir := before.write(t)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "b/b.go"), []byte("mine\n"), 0o644))
		err := apply(context.Background(), editsOf(dir), osFiles{})
		assert.ErrorContains(t, err, filepath.Join(dir, "b/b.go")+": changed since it was read (run again)")
		assert.Equal(t, tree{"a.go": "old a\n", "b/b.go": "mine\n", "gone.go": "old gone\n", "flags.yaml": "old\n"}, readTree(t, dir))
	})
	t.Run("deleted before", func(t *testing.T) {
		t.Parallel()
		dir := before.write(t)
		require.NoError(t, os.Remove(filepath.Join(dir, "b/b.go")))
		assert.ErrorContains(t, apply(context.Background(), editsOf(dir), osFiles{}), "changed since it was read")
		assert.Equal(t, "old a\n", readTree(t, dir)["a.go"])
	})
	t.Run("changed while writing", func(t *testing.T) {
		t.Parallel()
		dir := before.write(t)
		edits := editsOf(dir)
		files := &faulty{onCall: func(op, _ string) error {
			if op == "rename" { // of the first file
				return os.WriteFile(filepath.Join(dir, "b/b.go"), []byte("mine\n"), 0o644)
			}
			return nil
		}}
		assert.ErrorContains(t, apply(context.Background(), edits, files), "changed since it was read")
		assert.Equal(t, tree{"a.go": "old a\n", "b/b.go": "mine\n", "gone.go": "old gone\n", "flags.yaml": "old\n"}, readTree(t, dir))
	})
}

// TestPartialWrite makes each operation fail in turn, by an error and by a
// cancelled context: every file is as it was, and nothing is left beside it.
func TestPartialWrite(t *testing.T) {
	t.Parallel()
	dir := before.write(t)
	count := &faulty{}
	require.NoError(t, apply(context.Background(), editsOf(dir), count))
	require.Greater(t, count.calls, 10)
	cleaning := len(before) // the last calls drop the kept files when all is done
	for n := 1; n <= count.calls-cleaning; n++ {
		dir := before.write(t)
		files := &faulty{failAt: n, fail: errors.New("no space left on device")}
		err := apply(context.Background(), editsOf(dir), files)
		require.ErrorContains(t, err, "no space left on device", "operation %d: %v", n, files.log)
		require.Equal(t, before, readTree(t, dir), "operation %d: %v", n, files.log)

		dir = before.write(t)
		ctx, cancel := context.WithCancel(context.Background())
		files = &faulty{}
		files.onCall = func(string, string) error {
			if files.calls == n {
				cancel()
			}
			return nil
		}
		if err := apply(ctx, editsOf(dir), files); err != nil {
			require.ErrorIs(t, err, context.Canceled)
			require.Equal(t, before, readTree(t, dir), "operation %d: %v", n, files.log)
		} else {
			require.Len(t, readTree(t, dir), 3) // too late: all was written
		}
		cancel()
	}
}

// TestPartialWriteCrash stops dead after each operation: each file is the old or
// the new one, never half of it, and the old content of all is on disk.
func TestPartialWriteCrash(t *testing.T) {
	t.Parallel()
	dir := before.write(t)
	count := &faulty{}
	require.NoError(t, apply(context.Background(), editsOf(dir), count))
	after := readTree(t, dir)
	for n := 1; n <= count.calls; n++ {
		dir := before.write(t)
		files := &faulty{failAt: n, dead: true, fail: errors.New("crash")}
		_ = apply(context.Background(), editsOf(dir), files)
		for name, content := range readTree(t, dir) {
			if old, ok := before[name]; ok {
				assert.Contains(t, []string{old, after[name]}, content, name)
			} else {
				assert.True(t, strings.HasPrefix(filepath.Base(name), ".flaglint-"), name)
			}
		}
	}
}

func TestApplyReadOnly(t *testing.T) {
	t.Parallel()
	dir := before.write(t)
	require.NoError(t, os.Chmod(filepath.Join(dir, "flags.yaml"), 0o444))
	assert.ErrorContains(t, apply(context.Background(), editsOf(dir), osFiles{}), "flags.yaml: is read-only")
	assert.Equal(t, before, readTree(t, dir))
}

// TestRollBackFails names where the old content is.
func TestRollBackFails(t *testing.T) {
	t.Parallel()
	dir := before.write(t)
	renames := 0
	files := &faulty{onCall: func(op, _ string) error {
		if op == "rename" {
			if renames++; renames > 1 {
				return errors.New("disk is gone")
			}
		}
		return nil
	}}
	err := apply(context.Background(), editsOf(dir), files)
	require.ErrorContains(t, err, "cannot be put back")
	_, rest, _ := strings.Cut(err.Error(), "its old content is in ")
	kept, _, _ := strings.Cut(rest, ")")
	data, err := os.ReadFile(kept)
	require.NoError(t, err)
	assert.Equal(t, "old a\n", string(data))
}

// faulty is the file system, with operations that fail.
type faulty struct {
	osFiles
	calls  int
	log    []string
	failAt int
	dead   bool // all operations from failAt on fail
	fail   error
	onCall func(op, name string) error
}

func (f *faulty) call(op, name string) error {
	f.calls++
	f.log = append(f.log, op+" "+filepath.Base(name))
	if f.failAt > 0 && (f.calls == f.failAt || f.dead && f.calls > f.failAt) {
		return f.fail
	}
	if f.onCall != nil {
		return f.onCall(op, name)
	}
	return nil
}

func (f *faulty) Write(dir string, mode fs.FileMode, data []byte) (string, error) {
	if err := f.call("write", dir); err != nil {
		return "", err
	}
	return f.osFiles.Write(dir, mode, data)
}

func (f *faulty) Keep(name string) (string, error) {
	if err := f.call("keep", name); err != nil {
		return "", err
	}
	return f.osFiles.Keep(name)
}

func (f *faulty) Rename(from, to string) error {
	if err := f.call("rename", to); err != nil {
		return err
	}
	return f.osFiles.Rename(from, to)
}

func (f *faulty) Remove(name string) error {
	if err := f.call("remove", name); err != nil {
		return err
	}
	return f.osFiles.Remove(name)
}

func (f *faulty) Sync(dir string) error {
	if err := f.call("sync", dir); err != nil {
		return err
	}
	return f.osFiles.Sync(dir)
}
