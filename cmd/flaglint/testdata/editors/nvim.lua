-- What a user of Neovim does with the language server. Each step is written as a
-- line of JSON to $OUT; the test compares them.
local out = assert(io.open(os.getenv("OUT"), "w"))
local function tell(step, value)
  out:write(vim.fn.json_encode({ step = step, value = value }), "\n")
  out:flush()
end

local function diagnostics()
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, string.format("%d:%d %s %s", d.lnum + 1, d.col + 1, tostring(d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code)), d.message))
  end
  table.sort(list)
  return list
end

-- Waits for something, and fails where it does not come.
local function await(what, f)
  if not vim.wait(60000, f, 20) then
    tell("failed", what .. ": " .. vim.inspect(diagnostics()))
    vim.cmd("cquit")
  end
end

local function has(text)
  return function()
    for _, d in ipairs(diagnostics()) do
      if d:find(text, 1, true) then
        return true
      end
    end
    return false
  end
end

local function hasNot(text)
  local f = has(text)
  return function() return not f() end
end

local function request(method, params)
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, 60000))
  for _, a in pairs(answers) do
    local err = a.err or a.error -- the latter before Neovim 0.11
    if err then
      tell("failed", method .. ": " .. err.message)
      vim.cmd("cquit")
    end
    return a.result
  end
end

local function at(pattern)
  vim.fn.cursor(1, 1)
  vim.fn.search(pattern)
  return vim.lsp.util.make_position_params()
end

-- The code actions at a place, by title.
local function actionsAt(pattern)
  vim.fn.cursor(1, 1)
  vim.fn.search(pattern)
  local range = vim.lsp.util.make_range_params()
  range.context = { diagnostics = {} }
  local titles, actions = {}, {}
  for _, a in ipairs(request("textDocument/codeAction", range)) do
    table.insert(titles, a.title)
    actions[a.title] = a
  end
  return titles, actions
end

local function run()
  vim.cmd("edit internal/checkout/checkout.go")
  await("diagnostics on open", has("gift-wraping"))
  tell("open", diagnostics())

  -- Unsaved text counts.
  vim.cmd([[%s/gift-wraping/gift-wrap/]])
  await("diagnostics on change", hasNot("gift-wraping"))
  tell("change", diagnostics())
  vim.cmd("write")
  tell("hover", request("textDocument/hover", at([[flags\.\zsFreeShipping]])).contents.value)
  local definition = request("textDocument/definition", at([[flags\.\zsFreeShipping]]))[1]
  tell("definition", { vim.fn.fnamemodify(vim.uri_to_fname(definition.uri), ":t"), definition.range.start.line + 1 })
  local params = at([[flags\.\zsFreeShipping]])
  params.context = { includeDeclaration = true }
  tell("references", #request("textDocument/references", params))

  local inside = at([["gift-wrap"]])
  inside.position.character = inside.position.character + 1
  local labels = {}
  for _, item in ipairs(request("textDocument/completion", inside).items) do
    table.insert(labels, item.label)
  end
  table.sort(labels)
  tell("completion", labels)

  -- The registry.
  vim.cmd("edit flags.yaml")
  vim.cmd([[%s/2026-09-30/2026-19-30/]])
  await("errors of the registry", has("is no date"))
  tell("registry", diagnostics())
  vim.cmd("undo")
  await("no errors of the registry", hasNot("is no date"))

  -- Another program changes it: Neovim 0.7 watches no files.
  vim.cmd("edit internal/checkout/checkout.go")
  local text = table.concat(vim.fn.readfile("flags.yaml"), "\n"):gsub("gift%-wrap:", "other-wrap:")
  vim.fn.writefile(vim.split(text, "\n"), "flags.yaml")
  vim.cmd("bdelete! flags.yaml")
  await("a registry that changed on disk", has([[flag "gift-wrap" is in no registry]]))
  tell("disk", diagnostics())

  -- Retire a flag everywhere.
  local titles, actions = actionsAt([[flags\.\zsFreeShipping]])
  tell("actions", titles)
  local result = request("workspace/executeCommand", actions["Retire free-shipping everywhere: it is always true"].command)
  tell("retire", { result.applied, result.files, #result.residue })
  await("diagnostics after the removal", hasNot("free-shipping"))
  tell("left", vim.fn.search("FreeShipping", "w"))

  -- And all that are retired, on top of what is not saved.
  -- Neovim tells changes of other buffers late, but before a request about them.
  for _, buffer in ipairs(vim.fn.getbufinfo({ bufmodified = 1 })) do
    local at = { textDocument = { uri = vim.uri_from_bufnr(buffer.bufnr) }, position = { line = 0, character = 0 } }
    assert(vim.lsp.buf_request_sync(buffer.bufnr, "textDocument/hover", at, 60000))
  end
  titles, actions = actionsAt("package")
  result = request("workspace/executeCommand", actions["Retire all retired flags everywhere: new-search"].command)
  tell("retire all", { result.applied, result.files, #result.residue })
  vim.cmd("edit internal/catalog/catalog.go")
  await("diagnostics after the removal of all", hasNot("new-search"))
  tell("left of all", vim.fn.search("NewSearch", "w"))
  local names = {}
  for _, buffer in ipairs(vim.fn.getbufinfo({ bufmodified = 1 })) do
    table.insert(names, vim.fn.fnamemodify(buffer.name, ":t"))
  end
  table.sort(names)
  tell("changed", names)
  vim.cmd("wall!")
end

local ok, err = pcall(run)
if not ok then
  tell("failed", tostring(err))
end
out:close()
vim.cmd(ok and "qall!" or "cquit")
