var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// node_modules/papaparse/papaparse.js
var require_papaparse = __commonJS({
  "node_modules/papaparse/papaparse.js"(exports, module) {
    (function(root, factory) {
      if (typeof define === "function" && define.amd) {
        define([], factory);
      } else if (typeof module === "object" && typeof exports !== "undefined") {
        module.exports = factory();
      } else {
        root.Papa = factory();
      }
    })(exports, function moduleFactory() {
      "use strict";
      var global = (function() {
        if (typeof self !== "undefined") {
          return self;
        }
        if (typeof window !== "undefined") {
          return window;
        }
        if (typeof global !== "undefined") {
          return global;
        }
        return {};
      })();
      function getWorkerBlob() {
        var URL = global.URL || global.webkitURL || null;
        var code = moduleFactory.toString();
        return Papa2.BLOB_URL || (Papa2.BLOB_URL = URL.createObjectURL(new Blob(["var global = (function() { if (typeof self !== 'undefined') { return self; } if (typeof window !== 'undefined') { return window; } if (typeof global !== 'undefined') { return global; } return {}; })(); global.IS_PAPA_WORKER=true; ", "(", code, ")();"], { type: "text/javascript" })));
      }
      var IS_WORKER = !global.document && !!global.postMessage, IS_PAPA_WORKER = global.IS_PAPA_WORKER || false;
      var workers = {}, workerIdCounter = 0;
      var Papa2 = {};
      Papa2.parse = CsvToJson;
      Papa2.unparse = JsonToCsv;
      Papa2.RECORD_SEP = String.fromCharCode(30);
      Papa2.UNIT_SEP = String.fromCharCode(31);
      Papa2.BYTE_ORDER_MARK = "\uFEFF";
      Papa2.BAD_DELIMITERS = ["\r", "\n", '"', Papa2.BYTE_ORDER_MARK];
      Papa2.WORKERS_SUPPORTED = !IS_WORKER && !!global.Worker;
      Papa2.NODE_STREAM_INPUT = 1;
      Papa2.LocalChunkSize = 1024 * 1024 * 10;
      Papa2.RemoteChunkSize = 1024 * 1024 * 5;
      Papa2.DefaultDelimiter = ",";
      Papa2.Parser = Parser;
      Papa2.ParserHandle = ParserHandle;
      Papa2.NetworkStreamer = NetworkStreamer;
      Papa2.FileStreamer = FileStreamer;
      Papa2.StringStreamer = StringStreamer;
      Papa2.ReadableStreamStreamer = ReadableStreamStreamer;
      if (typeof PAPA_BROWSER_CONTEXT === "undefined") {
        Papa2.DuplexStreamStreamer = DuplexStreamStreamer;
      }
      if (IS_PAPA_WORKER) {
        global.onmessage = workerThreadReceivedMessage;
      }
      function stripBom(string) {
        if (string.charCodeAt(0) === 65279) {
          return string.slice(1);
        }
        return string;
      }
      function CsvToJson(_input, _config) {
        _config = _config || {};
        var dynamicTyping = _config.dynamicTyping || false;
        if (isFunction(dynamicTyping)) {
          _config.dynamicTypingFunction = dynamicTyping;
          dynamicTyping = {};
        }
        _config.dynamicTyping = dynamicTyping;
        _config.transform = isFunction(_config.transform) ? _config.transform : false;
        if (_config.downloadTimeout !== void 0) {
          var downloadTimeout = parseInt(_config.downloadTimeout);
          if (isNaN(downloadTimeout)) {
            throw new Error("Config downloadTimeout value (" + _config.downloadTimeout + ") not parsable by parseInt(val).");
          }
          _config.downloadTimeout = downloadTimeout;
        }
        if (_config.worker && Papa2.WORKERS_SUPPORTED) {
          var w = newWorker();
          w.userStep = _config.step;
          w.userChunk = _config.chunk;
          w.userComplete = _config.complete;
          w.userError = _config.error;
          _config.step = isFunction(_config.step);
          _config.chunk = isFunction(_config.chunk);
          _config.complete = isFunction(_config.complete);
          _config.error = isFunction(_config.error);
          delete _config.worker;
          w.postMessage({
            input: _input,
            config: _config,
            workerId: w.id
          });
          return;
        }
        var streamer = null;
        if (_input === Papa2.NODE_STREAM_INPUT && typeof PAPA_BROWSER_CONTEXT === "undefined") {
          streamer = new DuplexStreamStreamer(_config);
          return streamer.getStream();
        } else if (typeof _input === "string") {
          _input = stripBom(_input);
          if (_config.download)
            streamer = new NetworkStreamer(_config);
          else
            streamer = new StringStreamer(_config);
        } else if (_input.readable === true && isFunction(_input.read) && isFunction(_input.on)) {
          streamer = new ReadableStreamStreamer(_config);
        } else if (global.File && _input instanceof File || _input instanceof Object)
          streamer = new FileStreamer(_config);
        return streamer.stream(_input);
      }
      function JsonToCsv(_input, _config) {
        var _quotes = false;
        var _writeHeader = true;
        var _delimiter = ",";
        var _newline = "\r\n";
        var _quoteChar = '"';
        var _escapedQuote = _quoteChar + _quoteChar;
        var _skipEmptyLines = false;
        var _columns = null;
        var _escapeFormulae = false;
        unpackConfig();
        var quoteCharRegex = new RegExp(escapeRegExp(_quoteChar), "g");
        if (typeof _input === "string")
          _input = JSON.parse(_input);
        if (Array.isArray(_input)) {
          if (!_input.length)
            return serialize(_columns, _input, _skipEmptyLines);
          else if (Array.isArray(_input[0]))
            return serialize(null, _input, _skipEmptyLines);
          else if (typeof _input[0] === "object")
            return serialize(_columns || Object.keys(_input[0]), _input, _skipEmptyLines);
        } else if (typeof _input === "object") {
          if (typeof _input.data === "string")
            _input.data = JSON.parse(_input.data);
          if (Array.isArray(_input.data)) {
            if (!_input.fields)
              _input.fields = _input.meta && _input.meta.fields || _columns;
            if (!_input.fields)
              _input.fields = Array.isArray(_input.data[0]) ? _input.fields : typeof _input.data[0] === "object" ? Object.keys(_input.data[0]) : [];
            if (!Array.isArray(_input.data[0]) && typeof _input.data[0] !== "object")
              _input.data = [_input.data];
          }
          return serialize(_input.fields || [], _input.data || [], _skipEmptyLines);
        }
        throw new Error("Unable to serialize unrecognized input");
        function unpackConfig() {
          if (typeof _config !== "object")
            return;
          if (typeof _config.delimiter === "string" && !Papa2.BAD_DELIMITERS.filter(function(value) {
            return _config.delimiter.indexOf(value) !== -1;
          }).length) {
            _delimiter = _config.delimiter;
          }
          if (typeof _config.quotes === "boolean" || typeof _config.quotes === "function" || Array.isArray(_config.quotes))
            _quotes = _config.quotes;
          if (typeof _config.skipEmptyLines === "boolean" || typeof _config.skipEmptyLines === "string")
            _skipEmptyLines = _config.skipEmptyLines;
          if (typeof _config.newline === "string")
            _newline = _config.newline;
          if (typeof _config.quoteChar === "string") {
            _quoteChar = _config.quoteChar;
            _escapedQuote = _quoteChar + _quoteChar;
          }
          if (typeof _config.header === "boolean")
            _writeHeader = _config.header;
          if (Array.isArray(_config.columns)) {
            if (_config.columns.length === 0) throw new Error("Option columns is empty");
            _columns = _config.columns;
          }
          if (_config.escapeChar !== void 0) {
            _escapedQuote = _config.escapeChar + _quoteChar;
          }
          if (_config.escapeFormulae instanceof RegExp) {
            _escapeFormulae = _config.escapeFormulae;
          } else if (typeof _config.escapeFormulae === "boolean" && _config.escapeFormulae) {
            _escapeFormulae = /^[=+\-@\t\r].*$/;
          }
        }
        function serialize(fields2, data2, skipEmptyLines) {
          var csv = "";
          if (typeof fields2 === "string")
            fields2 = JSON.parse(fields2);
          if (typeof data2 === "string")
            data2 = JSON.parse(data2);
          var hasHeader = Array.isArray(fields2) && fields2.length > 0;
          var dataKeyedByField = !Array.isArray(data2[0]);
          if (hasHeader && _writeHeader) {
            for (var i = 0; i < fields2.length; i++) {
              if (i > 0)
                csv += _delimiter;
              csv += safe(fields2[i], i);
            }
            if (data2.length > 0)
              csv += _newline;
          }
          for (var row = 0; row < data2.length; row++) {
            var maxCol = hasHeader ? fields2.length : data2[row].length;
            var emptyLine = false;
            var nullLine = hasHeader ? Object.keys(data2[row]).length === 0 : data2[row].length === 0;
            if (skipEmptyLines && !hasHeader) {
              emptyLine = skipEmptyLines === "greedy" ? data2[row].join("").trim() === "" : data2[row].length === 1 && (data2[row][0] === null || data2[row][0] === void 0 || data2[row][0].length === 0);
            }
            if (skipEmptyLines === "greedy" && hasHeader) {
              var line = [];
              for (var c = 0; c < maxCol; c++) {
                var cx = dataKeyedByField ? fields2[c] : c;
                line.push(data2[row][cx]);
              }
              emptyLine = line.join("").trim() === "";
            }
            if (!emptyLine) {
              for (var col = 0; col < maxCol; col++) {
                if (col > 0 && !nullLine)
                  csv += _delimiter;
                var colIdx = hasHeader && dataKeyedByField ? fields2[col] : col;
                csv += safe(data2[row][colIdx], col);
              }
              if (row < data2.length - 1 && (!skipEmptyLines || maxCol > 0 && !nullLine)) {
                csv += _newline;
              }
            }
          }
          return csv;
        }
        function safe(str, col) {
          if (typeof str === "undefined" || str === null)
            return "";
          if (str.constructor === Date) {
            if (isNaN(str.getTime()))
              return "";
            return str.toISOString();
          }
          var needsQuotes = false;
          var strValue = str.toString();
          if (_escapeFormulae && typeof str !== "number" && typeof str !== "bigint" && typeof str !== "boolean" && _escapeFormulae.test(strValue)) {
            strValue = "'" + strValue;
            str = strValue;
            needsQuotes = true;
          }
          var escapedQuoteStr = strValue.replace(quoteCharRegex, _escapedQuote);
          needsQuotes = needsQuotes || _quotes === true || typeof _quotes === "function" && _quotes(str, col) || Array.isArray(_quotes) && _quotes[col] || hasAny(escapedQuoteStr, Papa2.BAD_DELIMITERS) || escapedQuoteStr.indexOf(_delimiter) > -1 || strValue.indexOf(_quoteChar) > -1 || escapedQuoteStr.charAt(0) === " " || escapedQuoteStr.charAt(escapedQuoteStr.length - 1) === " ";
          return needsQuotes ? _quoteChar + escapedQuoteStr + _quoteChar : escapedQuoteStr;
        }
        function hasAny(str, substrings) {
          for (var i = 0; i < substrings.length; i++)
            if (str.indexOf(substrings[i]) > -1)
              return true;
          return false;
        }
      }
      function ChunkStreamer(config) {
        this._handle = null;
        this._finished = false;
        this._completed = false;
        this._halted = false;
        this._input = null;
        this._baseIndex = 0;
        this._partialLine = "";
        this._rowCount = 0;
        this._start = 0;
        this._nextChunk = null;
        this.isFirstChunk = true;
        this._completeResults = {
          data: [],
          errors: [],
          meta: {}
        };
        replaceConfig.call(this, config);
        this.parseChunk = function(chunk, isFakeChunk) {
          const skipFirstNLines = parseInt(this._config.skipFirstNLines) || 0;
          if (this.isFirstChunk && skipFirstNLines > 0) {
            let _newline = this._config.newline;
            if (!_newline) {
              const quoteChar = this._config.quoteChar || '"';
              _newline = this._handle.guessLineEndings(chunk, quoteChar);
            }
            const splitChunk = chunk.split(_newline);
            chunk = [...splitChunk.slice(skipFirstNLines)].join(_newline);
          }
          if (this.isFirstChunk && isFunction(this._config.beforeFirstChunk)) {
            var modifiedChunk = this._config.beforeFirstChunk(chunk);
            if (modifiedChunk !== void 0)
              chunk = modifiedChunk;
          }
          this.isFirstChunk = false;
          this._halted = false;
          var aggregate = this._partialLine + chunk;
          this._partialLine = "";
          var results = this._handle.parse(aggregate, this._baseIndex, !this._finished);
          if (this._handle.paused() || this._handle.aborted()) {
            this._halted = true;
            return;
          }
          var lastIndex = results.meta.cursor;
          if (!this._finished) {
            this._partialLine = aggregate.substring(lastIndex - this._baseIndex);
            this._baseIndex = lastIndex;
          }
          if (results && results.data)
            this._rowCount += results.data.length;
          var finishedIncludingPreview = this._finished || this._config.preview && this._rowCount >= this._config.preview;
          if (IS_PAPA_WORKER) {
            global.postMessage({
              results,
              workerId: Papa2.WORKER_ID,
              finished: finishedIncludingPreview
            });
          } else if (isFunction(this._config.chunk) && !isFakeChunk) {
            this._config.chunk(results, this._handle);
            if (this._handle.paused() || this._handle.aborted()) {
              this._halted = true;
              return;
            }
            results = void 0;
            this._completeResults = void 0;
          }
          if (!this._config.step && !this._config.chunk) {
            this._completeResults.data = this._completeResults.data.concat(results.data);
            this._completeResults.errors = this._completeResults.errors.concat(results.errors);
            this._completeResults.meta = results.meta;
          }
          if (!this._completed && finishedIncludingPreview && isFunction(this._config.complete) && (!results || !results.meta.aborted)) {
            this._config.complete(this._completeResults, this._input);
            this._completed = true;
          }
          if (!finishedIncludingPreview && (!results || !results.meta.paused))
            this._nextChunk();
          return results;
        };
        this._sendError = function(error) {
          if (isFunction(this._config.error))
            this._config.error(error);
          else if (IS_PAPA_WORKER && this._config.error) {
            global.postMessage({
              workerId: Papa2.WORKER_ID,
              error,
              finished: false
            });
          }
        };
        function replaceConfig(config2) {
          var configCopy = copy(config2);
          configCopy.chunkSize = parseInt(configCopy.chunkSize);
          if (!config2.step && !config2.chunk)
            configCopy.chunkSize = null;
          this._handle = new ParserHandle(configCopy);
          this._handle.streamer = this;
          this._config = configCopy;
        }
      }
      function NetworkStreamer(config) {
        config = config || {};
        if (!config.chunkSize)
          config.chunkSize = Papa2.RemoteChunkSize;
        ChunkStreamer.call(this, config);
        var xhr;
        if (IS_WORKER) {
          this._nextChunk = function() {
            this._readChunk();
            this._chunkLoaded();
          };
        } else {
          this._nextChunk = function() {
            this._readChunk();
          };
        }
        this.stream = function(url) {
          this._input = url;
          this._nextChunk();
        };
        this._readChunk = function() {
          if (this._finished) {
            this._chunkLoaded();
            return;
          }
          xhr = new XMLHttpRequest();
          if (this._config.withCredentials) {
            xhr.withCredentials = this._config.withCredentials;
          }
          if (!IS_WORKER) {
            xhr.onload = bindFunction(this._chunkLoaded, this);
            xhr.onerror = bindFunction(this._chunkError, this);
          }
          xhr.ontimeout = bindFunction(this._chunkTimeout, this);
          xhr.open(this._config.downloadRequestBody ? "POST" : "GET", this._input, !IS_WORKER);
          if (this._config.downloadTimeout && !IS_WORKER) {
            xhr.timeout = this._config.downloadTimeout;
          }
          if (this._config.downloadRequestHeaders) {
            var headers = this._config.downloadRequestHeaders;
            for (var headerName in headers) {
              xhr.setRequestHeader(headerName, headers[headerName]);
            }
          }
          if (this._config.chunkSize) {
            var end = this._start + this._config.chunkSize - 1;
            xhr.setRequestHeader("Range", "bytes=" + this._start + "-" + end);
          }
          try {
            xhr.send(this._config.downloadRequestBody);
          } catch (err) {
            this._chunkError(err.message);
          }
          if (IS_WORKER && xhr.status === 0)
            this._chunkError();
        };
        this._chunkLoaded = function() {
          if (xhr.readyState !== 4)
            return;
          if (xhr.status < 200 || xhr.status >= 400) {
            this._chunkError();
            return;
          }
          this._start += this._config.chunkSize ? this._config.chunkSize : xhr.responseText.length;
          this._finished = !this._config.chunkSize || this._start >= getFileSize(xhr);
          this.parseChunk(xhr.responseText);
        };
        this._chunkError = function(errorMessage) {
          var errorText = xhr.statusText || errorMessage;
          this._sendError(new Error(errorText));
        };
        this._chunkTimeout = function() {
          this._chunkError("Request timed out after " + this._config.downloadTimeout + "ms");
        };
        function getFileSize(xhr2) {
          var contentRange = xhr2.getResponseHeader("Content-Range");
          if (contentRange === null) {
            return -1;
          }
          return parseInt(contentRange.substring(contentRange.lastIndexOf("/") + 1));
        }
      }
      NetworkStreamer.prototype = Object.create(ChunkStreamer.prototype);
      NetworkStreamer.prototype.constructor = NetworkStreamer;
      function FileStreamer(config) {
        config = config || {};
        if (!config.chunkSize)
          config.chunkSize = Papa2.LocalChunkSize;
        ChunkStreamer.call(this, config);
        var reader, slice;
        var usingAsyncReader = typeof FileReader !== "undefined";
        this.stream = function(file2) {
          this._input = file2;
          slice = file2.slice || file2.webkitSlice || file2.mozSlice;
          if (usingAsyncReader) {
            reader = new FileReader();
            reader.onload = bindFunction(this._chunkLoaded, this);
            reader.onerror = bindFunction(this._chunkError, this);
          } else
            reader = new FileReaderSync();
          this._nextChunk();
        };
        this._nextChunk = function() {
          if (!this._finished && (!this._config.preview || this._rowCount < this._config.preview))
            this._readChunk();
        };
        this._readChunk = function() {
          var input = this._input;
          if (this._config.chunkSize) {
            var end = Math.min(this._start + this._config.chunkSize, this._input.size);
            input = slice.call(input, this._start, end);
          }
          var txt = reader.readAsText(input, this._config.encoding);
          if (!usingAsyncReader)
            this._chunkLoaded({ target: { result: txt } });
        };
        this._chunkLoaded = function(event) {
          this._start += this._config.chunkSize;
          this._finished = !this._config.chunkSize || this._start >= this._input.size;
          this.parseChunk(event.target.result);
        };
        this._chunkError = function() {
          this._sendError(reader.error);
        };
      }
      FileStreamer.prototype = Object.create(ChunkStreamer.prototype);
      FileStreamer.prototype.constructor = FileStreamer;
      function StringStreamer(config) {
        config = config || {};
        ChunkStreamer.call(this, config);
        var remaining;
        this.stream = function(s) {
          remaining = s;
          return this._nextChunk();
        };
        this._nextChunk = function() {
          if (this._finished) return;
          var size = this._config.chunkSize;
          var chunk;
          if (size) {
            chunk = remaining.substring(0, size);
            remaining = remaining.substring(size);
          } else {
            chunk = remaining;
            remaining = "";
          }
          this._finished = !remaining;
          return this.parseChunk(chunk);
        };
      }
      StringStreamer.prototype = Object.create(StringStreamer.prototype);
      StringStreamer.prototype.constructor = StringStreamer;
      function ReadableStreamStreamer(config) {
        config = config || {};
        ChunkStreamer.call(this, config);
        var queue = [];
        var parseOnData = true;
        var streamHasEnded = false;
        this.pause = function() {
          ChunkStreamer.prototype.pause.apply(this, arguments);
          this._input.pause();
        };
        this.resume = function() {
          ChunkStreamer.prototype.resume.apply(this, arguments);
          this._input.resume();
        };
        this.stream = function(stream) {
          this._input = stream;
          this._input.on("data", this._streamData);
          this._input.on("end", this._streamEnd);
          this._input.on("error", this._streamError);
        };
        this._checkIsFinished = function() {
          if (streamHasEnded && queue.length === 1) {
            this._finished = true;
          }
        };
        this._nextChunk = function() {
          this._checkIsFinished();
          if (queue.length) {
            this.parseChunk(queue.shift());
          } else {
            parseOnData = true;
          }
        };
        this._streamData = bindFunction(function(chunk) {
          try {
            queue.push(typeof chunk === "string" ? chunk : chunk.toString(this._config.encoding));
            if (parseOnData) {
              parseOnData = false;
              this._checkIsFinished();
              this.parseChunk(queue.shift());
            }
          } catch (error) {
            this._streamError(error);
          }
        }, this);
        this._streamError = bindFunction(function(error) {
          this._streamCleanUp();
          this._sendError(error);
        }, this);
        this._streamEnd = bindFunction(function() {
          this._streamCleanUp();
          streamHasEnded = true;
          this._streamData("");
        }, this);
        this._streamCleanUp = bindFunction(function() {
          this._input.removeListener("data", this._streamData);
          this._input.removeListener("end", this._streamEnd);
          this._input.removeListener("error", this._streamError);
        }, this);
      }
      ReadableStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
      ReadableStreamStreamer.prototype.constructor = ReadableStreamStreamer;
      function DuplexStreamStreamer(_config) {
        var Duplex = __require("stream").Duplex;
        var config = copy(_config);
        var parseOnWrite = true;
        var writeStreamHasFinished = false;
        var parseCallbackQueue = [];
        var stream = null;
        this._onCsvData = function(results) {
          var data2 = results.data;
          if (!stream.push(data2) && !this._handle.paused()) {
            this._handle.pause();
          }
        };
        this._onCsvComplete = function() {
          stream.push(null);
        };
        config.step = bindFunction(this._onCsvData, this);
        config.complete = bindFunction(this._onCsvComplete, this);
        ChunkStreamer.call(this, config);
        this._nextChunk = function() {
          if (writeStreamHasFinished && parseCallbackQueue.length === 1) {
            this._finished = true;
          }
          if (parseCallbackQueue.length) {
            parseCallbackQueue.shift()();
          } else {
            parseOnWrite = true;
          }
        };
        this._addToParseQueue = function(chunk, callback) {
          parseCallbackQueue.push(bindFunction(function() {
            this.parseChunk(typeof chunk === "string" ? chunk : chunk.toString(config.encoding));
            if (isFunction(callback)) {
              return callback();
            }
          }, this));
          if (parseOnWrite) {
            parseOnWrite = false;
            this._nextChunk();
          }
        };
        this._onRead = function() {
          if (this._handle.paused()) {
            this._handle.resume();
          }
        };
        this._onWrite = function(chunk, encoding, callback) {
          this._addToParseQueue(chunk, callback);
        };
        this._onWriteComplete = function() {
          writeStreamHasFinished = true;
          this._addToParseQueue("");
        };
        this.getStream = function() {
          return stream;
        };
        stream = new Duplex({
          readableObjectMode: true,
          decodeStrings: false,
          read: bindFunction(this._onRead, this),
          write: bindFunction(this._onWrite, this)
        });
        stream.once("finish", bindFunction(this._onWriteComplete, this));
      }
      if (typeof PAPA_BROWSER_CONTEXT === "undefined") {
        DuplexStreamStreamer.prototype = Object.create(ChunkStreamer.prototype);
        DuplexStreamStreamer.prototype.constructor = DuplexStreamStreamer;
      }
      function ParserHandle(_config) {
        var MAX_FLOAT = Math.pow(2, 53);
        var MIN_FLOAT = -MAX_FLOAT;
        var FLOAT = /^\s*-?(\d+\.?|\.\d+|\d+\.\d+)([eE][-+]?\d+)?\s*$/;
        var ISO_DATE = /^((\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d+([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z)))$/;
        var self2 = this;
        var _stepCounter = 0;
        var _rowCounter = 0;
        var _input;
        var _parser;
        var _paused = false;
        var _aborted = false;
        var _delimiterError;
        var _fields = [];
        var _results = {
          // The last results returned from the parser
          data: [],
          errors: [],
          meta: {}
        };
        if (isFunction(_config.step)) {
          var userStep = _config.step;
          _config.step = function(results) {
            _results = results;
            if (needsHeaderRow())
              processResults();
            else {
              processResults();
              if (_results.data.length === 0)
                return;
              _stepCounter += results.data.length;
              if (_config.preview && _stepCounter > _config.preview)
                _parser.abort();
              else {
                _results.data = _results.data[0];
                userStep(_results, self2);
              }
            }
          };
        }
        this.parse = function(input, baseIndex, ignoreLastRow) {
          var quoteChar = _config.quoteChar || '"';
          if (!_config.newline)
            _config.newline = this.guessLineEndings(input, quoteChar);
          _delimiterError = false;
          if (!_config.delimiter) {
            var delimGuess = guessDelimiter(input, _config.newline, _config.skipEmptyLines, _config.comments, _config.delimitersToGuess);
            if (delimGuess.successful)
              _config.delimiter = delimGuess.bestDelimiter;
            else {
              _delimiterError = true;
              _config.delimiter = Papa2.DefaultDelimiter;
            }
            _results.meta.delimiter = _config.delimiter;
          } else if (isFunction(_config.delimiter)) {
            _config.delimiter = _config.delimiter(input);
            _results.meta.delimiter = _config.delimiter;
          }
          var parserConfig = copy(_config);
          parserConfig.header = needsHeaderRow();
          if (_config.preview && _config.header)
            parserConfig.preview++;
          _input = input;
          _parser = new Parser(parserConfig);
          _results = _parser.parse(_input, baseIndex, ignoreLastRow);
          processResults();
          return _paused ? { meta: { paused: true } } : _results || { meta: { paused: false } };
        };
        this.paused = function() {
          return _paused;
        };
        this.pause = function() {
          _paused = true;
          _parser.abort();
          _input = isFunction(_config.chunk) ? "" : _input.substring(_parser.getCharIndex());
        };
        this.resume = function() {
          if (self2.streamer._halted) {
            _paused = false;
            self2.streamer.parseChunk(_input, true);
          } else {
            setTimeout(self2.resume, 3);
          }
        };
        this.aborted = function() {
          return _aborted;
        };
        this.abort = function() {
          _aborted = true;
          _parser.abort();
          _results.meta.aborted = true;
          if (isFunction(_config.complete))
            _config.complete(_results);
          _input = "";
        };
        this.guessLineEndings = function(input, quoteChar) {
          input = input.substring(0, 1024 * 1024);
          var re = new RegExp(escapeRegExp(quoteChar) + "([^]*?)" + escapeRegExp(quoteChar), "gm");
          input = input.replace(re, "");
          var r = input.split("\r");
          var n = input.split("\n");
          var nAppearsFirst = n.length > 1 && n[0].length < r[0].length;
          if (r.length === 1 || nAppearsFirst)
            return "\n";
          var numWithN = 0;
          for (var i = 0; i < r.length; i++) {
            if (r[i][0] === "\n")
              numWithN++;
          }
          return numWithN >= r.length / 2 ? "\r\n" : "\r";
        };
        function testEmptyLine(s) {
          return _config.skipEmptyLines === "greedy" ? s.join("").trim() === "" : s.length === 1 && s[0].length === 0;
        }
        function testFloat(s) {
          if (FLOAT.test(s)) {
            var floatValue = parseFloat(s);
            if (floatValue > MIN_FLOAT && floatValue < MAX_FLOAT) {
              return true;
            }
          }
          return false;
        }
        function processResults() {
          if (_results && _delimiterError) {
            addError("Delimiter", "UndetectableDelimiter", "Unable to auto-detect delimiting character; defaulted to '" + Papa2.DefaultDelimiter + "'");
            _delimiterError = false;
          }
          if (_config.skipEmptyLines) {
            _results.data = _results.data.filter(function(d) {
              return !testEmptyLine(d);
            });
          }
          if (needsHeaderRow())
            fillHeaderFields();
          return applyHeaderAndDynamicTypingAndTransformation();
        }
        function needsHeaderRow() {
          return _config.header && _fields.length === 0;
        }
        function fillHeaderFields() {
          if (!_results)
            return;
          function addHeader(header2) {
            _fields.push(header2);
          }
          if (Array.isArray(_results.data[0])) {
            for (var i = 0; needsHeaderRow() && i < _results.data.length; i++)
              _results.data[i].forEach(addHeader);
            _results.data.splice(0, 1);
          } else
            _results.data.forEach(addHeader);
        }
        function shouldApplyDynamicTyping(field) {
          if (_config.dynamicTypingFunction && _config.dynamicTyping[field] === void 0) {
            _config.dynamicTyping[field] = _config.dynamicTypingFunction(field);
          }
          return (_config.dynamicTyping[field] || _config.dynamicTyping) === true;
        }
        function parseDynamic(field, value) {
          if (shouldApplyDynamicTyping(field)) {
            if (value === "true" || value === "TRUE")
              return true;
            else if (value === "false" || value === "FALSE")
              return false;
            else if (testFloat(value))
              return parseFloat(value);
            else if (ISO_DATE.test(value))
              return new Date(value);
            else
              return value === "" ? null : value;
          }
          return value;
        }
        function applyHeaderAndDynamicTypingAndTransformation() {
          if (!_results || !_config.header && !_config.dynamicTyping && !_config.transform)
            return _results;
          function processRow(rowSource, i) {
            var row = _config.header ? {} : [];
            var j;
            for (j = 0; j < rowSource.length; j++) {
              var field = j;
              var value = rowSource[j];
              if (_config.header)
                field = j >= _fields.length ? "__parsed_extra" : _fields[j];
              if (_config.transform)
                value = _config.transform(value, field);
              value = parseDynamic(field, value);
              if (field === "__parsed_extra") {
                row[field] = row[field] || [];
                row[field].push(value);
              } else
                row[field] = value;
            }
            if (_config.header) {
              if (j > _fields.length)
                addError("FieldMismatch", "TooManyFields", "Too many fields: expected " + _fields.length + " fields but parsed " + j, _rowCounter + i);
              else if (j < _fields.length)
                addError("FieldMismatch", "TooFewFields", "Too few fields: expected " + _fields.length + " fields but parsed " + j, _rowCounter + i);
            }
            return row;
          }
          var incrementBy = 1;
          if (!_results.data.length || Array.isArray(_results.data[0])) {
            _results.data = _results.data.map(processRow);
            incrementBy = _results.data.length;
          } else
            _results.data = processRow(_results.data, 0);
          if (_config.header && _results.meta)
            _results.meta.fields = _fields;
          _rowCounter += incrementBy;
          return _results;
        }
        function guessDelimiter(input, newline, skipEmptyLines, comments, delimitersToGuess) {
          var bestDelim, bestDelta, fieldCountPrevRow, maxFieldCount;
          delimitersToGuess = delimitersToGuess || [",", "	", "|", ";", Papa2.RECORD_SEP, Papa2.UNIT_SEP];
          for (var i = 0; i < delimitersToGuess.length; i++) {
            var delim = delimitersToGuess[i];
            var delta = 0, avgFieldCount = 0, emptyLinesCount = 0;
            fieldCountPrevRow = void 0;
            var preview = new Parser({
              comments,
              delimiter: delim,
              newline,
              preview: 10
            }).parse(input);
            for (var j = 0; j < preview.data.length; j++) {
              if (skipEmptyLines && testEmptyLine(preview.data[j])) {
                emptyLinesCount++;
                continue;
              }
              var fieldCount = preview.data[j].length;
              avgFieldCount += fieldCount;
              if (typeof fieldCountPrevRow === "undefined") {
                fieldCountPrevRow = fieldCount;
                continue;
              } else if (fieldCount > 0) {
                delta += Math.abs(fieldCount - fieldCountPrevRow);
                fieldCountPrevRow = fieldCount;
              }
            }
            if (preview.data.length > 0)
              avgFieldCount /= preview.data.length - emptyLinesCount;
            if (avgFieldCount > 1.99 && (typeof bestDelta === "undefined" || delta < bestDelta || delta === bestDelta && avgFieldCount > maxFieldCount)) {
              bestDelta = delta;
              bestDelim = delim;
              maxFieldCount = avgFieldCount;
            }
          }
          _config.delimiter = bestDelim;
          return {
            successful: !!bestDelim,
            bestDelimiter: bestDelim
          };
        }
        function addError(type, code, msg, row) {
          var error = {
            type,
            code,
            message: msg
          };
          if (row !== void 0) {
            error.row = row;
          }
          _results.errors.push(error);
        }
      }
      function escapeRegExp(string) {
        return string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      }
      function Parser(config) {
        config = config || {};
        var delim = config.delimiter;
        var newline = config.newline;
        var comments = config.comments;
        var step2 = config.step;
        var preview = config.preview;
        var fastMode = config.fastMode;
        var quoteChar;
        var renamedHeaders = null;
        var headerParsed = false;
        if (config.quoteChar === void 0 || config.quoteChar === null) {
          quoteChar = '"';
        } else {
          quoteChar = config.quoteChar;
        }
        var escapeChar = quoteChar;
        if (config.escapeChar !== void 0) {
          escapeChar = config.escapeChar;
        }
        if (typeof delim !== "string" || Papa2.BAD_DELIMITERS.indexOf(delim) > -1)
          delim = ",";
        if (comments === delim)
          throw new Error("Comment character same as delimiter");
        else if (comments === true)
          comments = "#";
        else if (typeof comments !== "string" || Papa2.BAD_DELIMITERS.indexOf(comments) > -1)
          comments = false;
        if (newline !== "\n" && newline !== "\r" && newline !== "\r\n")
          newline = "\n";
        var cursor = 0;
        var aborted = false;
        this.parse = function(input, baseIndex, ignoreLastRow) {
          if (typeof input !== "string")
            throw new Error("Input must be a string");
          var inputLen = input.length, delimLen = delim.length, newlineLen = newline.length, commentsLen = comments.length;
          var stepIsFunction = isFunction(step2);
          cursor = 0;
          var data2 = [], errors = [], row = [], lastCursor = 0;
          if (!input)
            return returnable();
          if (fastMode || fastMode !== false && input.indexOf(quoteChar) === -1) {
            var rows2 = input.split(newline);
            for (var i = 0; i < rows2.length; i++) {
              row = rows2[i];
              cursor += row.length;
              if (i !== rows2.length - 1)
                cursor += newline.length;
              else if (ignoreLastRow)
                return returnable();
              if (comments && row.substring(0, commentsLen) === comments)
                continue;
              if (stepIsFunction) {
                data2 = [];
                pushRow(row.split(delim));
                doStep();
                if (aborted)
                  return returnable();
              } else
                pushRow(row.split(delim));
              if (preview && i >= preview) {
                data2 = data2.slice(0, preview);
                return returnable(true);
              }
            }
            return returnable();
          }
          var nextDelim = input.indexOf(delim, cursor);
          var nextNewline = input.indexOf(newline, cursor);
          var quoteCharRegex = new RegExp(escapeRegExp(escapeChar) + escapeRegExp(quoteChar), "g");
          var quoteSearch = input.indexOf(quoteChar, cursor);
          for (; ; ) {
            if (input[cursor] === quoteChar) {
              quoteSearch = cursor;
              cursor++;
              for (; ; ) {
                quoteSearch = input.indexOf(quoteChar, quoteSearch + 1);
                if (quoteSearch === -1) {
                  if (!ignoreLastRow) {
                    errors.push({
                      type: "Quotes",
                      code: "MissingQuotes",
                      message: "Quoted field unterminated",
                      row: data2.length,
                      // row has yet to be inserted
                      index: cursor
                    });
                  }
                  return finish();
                }
                if (quoteSearch === inputLen - 1) {
                  var value = input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar);
                  return finish(value);
                }
                if (quoteChar === escapeChar && input[quoteSearch + 1] === escapeChar) {
                  quoteSearch++;
                  continue;
                }
                if (quoteChar !== escapeChar && quoteSearch !== 0 && input[quoteSearch - 1] === escapeChar) {
                  continue;
                }
                if (nextDelim !== -1 && nextDelim < quoteSearch + 1) {
                  nextDelim = input.indexOf(delim, quoteSearch + 1);
                }
                if (nextNewline !== -1 && nextNewline < quoteSearch + 1) {
                  nextNewline = input.indexOf(newline, quoteSearch + 1);
                }
                var checkUpTo = nextNewline === -1 ? nextDelim : Math.min(nextDelim, nextNewline);
                var spacesBetweenQuoteAndDelimiter = extraSpaces(checkUpTo);
                if (input.substr(quoteSearch + 1 + spacesBetweenQuoteAndDelimiter, delimLen) === delim) {
                  row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
                  cursor = quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen;
                  if (input[quoteSearch + 1 + spacesBetweenQuoteAndDelimiter + delimLen] !== quoteChar) {
                    quoteSearch = input.indexOf(quoteChar, cursor);
                  }
                  if (nextDelim !== -1 && nextDelim < cursor)
                    nextDelim = input.indexOf(delim, cursor);
                  if (nextNewline !== -1 && nextNewline < cursor)
                    nextNewline = input.indexOf(newline, cursor);
                  break;
                }
                var spacesBetweenQuoteAndNewLine = extraSpaces(nextNewline);
                if (input.substring(quoteSearch + 1 + spacesBetweenQuoteAndNewLine, quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen) === newline) {
                  row.push(input.substring(cursor, quoteSearch).replace(quoteCharRegex, quoteChar));
                  saveRow(quoteSearch + 1 + spacesBetweenQuoteAndNewLine + newlineLen);
                  if (nextDelim !== -1 && nextDelim < cursor)
                    nextDelim = input.indexOf(delim, cursor);
                  quoteSearch = input.indexOf(quoteChar, cursor);
                  if (stepIsFunction) {
                    doStep();
                    if (aborted)
                      return returnable();
                  }
                  if (preview && data2.length >= preview)
                    return returnable(true);
                  break;
                }
                errors.push({
                  type: "Quotes",
                  code: "InvalidQuotes",
                  message: "Trailing quote on quoted field is malformed",
                  row: data2.length,
                  // row has yet to be inserted
                  index: cursor
                });
                quoteSearch++;
                continue;
              }
              continue;
            }
            if (comments && row.length === 0 && input.substring(cursor, cursor + commentsLen) === comments) {
              if (nextNewline === -1)
                return returnable();
              cursor = nextNewline + newlineLen;
              nextNewline = input.indexOf(newline, cursor);
              if (nextDelim !== -1 && nextDelim < cursor)
                nextDelim = input.indexOf(delim, cursor);
              continue;
            }
            if (nextDelim !== -1 && (nextDelim < nextNewline || nextNewline === -1)) {
              row.push(input.substring(cursor, nextDelim));
              cursor = nextDelim + delimLen;
              nextDelim = input.indexOf(delim, cursor);
              continue;
            }
            if (nextNewline !== -1) {
              row.push(input.substring(cursor, nextNewline));
              saveRow(nextNewline + newlineLen);
              if (stepIsFunction) {
                doStep();
                if (aborted)
                  return returnable();
              }
              if (preview && data2.length >= preview)
                return returnable(true);
              continue;
            }
            break;
          }
          return finish();
          function pushRow(row2) {
            data2.push(row2);
            lastCursor = cursor;
          }
          function extraSpaces(index) {
            var spaceLength = 0;
            if (index !== -1) {
              var textBetweenClosingQuoteAndIndex = input.substring(quoteSearch + 1, index);
              if (textBetweenClosingQuoteAndIndex && textBetweenClosingQuoteAndIndex.trim() === "") {
                spaceLength = textBetweenClosingQuoteAndIndex.length;
              }
            }
            return spaceLength;
          }
          function finish(value2) {
            if (ignoreLastRow)
              return returnable();
            if (typeof value2 === "undefined")
              value2 = input.substring(cursor);
            row.push(value2);
            cursor = inputLen;
            pushRow(row);
            if (stepIsFunction)
              doStep();
            return returnable();
          }
          function saveRow(newCursor) {
            cursor = newCursor;
            pushRow(row);
            row = [];
            nextNewline = input.indexOf(newline, cursor);
          }
          function returnable(stopped) {
            if (config.header && !baseIndex && data2.length && !headerParsed) {
              const result = data2[0];
              const headerCount = /* @__PURE__ */ Object.create(null);
              const usedHeaders = new Set(result);
              let duplicateHeaders = false;
              for (let i2 = 0; i2 < result.length; i2++) {
                let header2 = stripBom(result[i2]);
                if (isFunction(config.transformHeader))
                  header2 = config.transformHeader(header2, i2);
                if (!headerCount[header2]) {
                  headerCount[header2] = 1;
                  result[i2] = header2;
                } else {
                  let newHeader;
                  let suffixCount = headerCount[header2];
                  do {
                    newHeader = `${header2}_${suffixCount}`;
                    suffixCount++;
                  } while (usedHeaders.has(newHeader));
                  usedHeaders.add(newHeader);
                  result[i2] = newHeader;
                  headerCount[header2]++;
                  duplicateHeaders = true;
                  if (renamedHeaders === null) {
                    renamedHeaders = {};
                  }
                  renamedHeaders[newHeader] = header2;
                }
                usedHeaders.add(header2);
              }
              if (duplicateHeaders) {
                console.warn("Duplicate headers found and renamed.");
              }
              headerParsed = true;
            }
            return {
              data: data2,
              errors,
              meta: {
                delimiter: delim,
                linebreak: newline,
                aborted,
                truncated: !!stopped,
                cursor: lastCursor + (baseIndex || 0),
                renamedHeaders
              }
            };
          }
          function doStep() {
            step2(returnable());
            data2 = [];
            errors = [];
          }
        };
        this.abort = function() {
          aborted = true;
        };
        this.getCharIndex = function() {
          return cursor;
        };
      }
      function newWorker() {
        if (!Papa2.WORKERS_SUPPORTED)
          return false;
        var workerUrl = getWorkerBlob();
        var w = new global.Worker(workerUrl);
        w.onmessage = mainThreadReceivedMessage;
        w.id = workerIdCounter++;
        workers[w.id] = w;
        return w;
      }
      function mainThreadReceivedMessage(e) {
        var msg = e.data;
        var worker = workers[msg.workerId];
        var aborted = false;
        if (msg.error)
          worker.userError(msg.error, msg.file);
        else if (msg.results && msg.results.data) {
          var abort = function() {
            aborted = true;
            completeWorker(msg.workerId, { data: [], errors: [], meta: { aborted: true } });
          };
          var handle = {
            abort,
            pause: notImplemented,
            resume: notImplemented
          };
          if (isFunction(worker.userStep)) {
            for (var i = 0; i < msg.results.data.length; i++) {
              worker.userStep({
                data: msg.results.data[i],
                errors: msg.results.errors,
                meta: msg.results.meta
              }, handle);
              if (aborted)
                break;
            }
            delete msg.results;
          } else if (isFunction(worker.userChunk)) {
            worker.userChunk(msg.results, handle, msg.file);
            delete msg.results;
          }
        }
        if (msg.finished && !aborted)
          completeWorker(msg.workerId, msg.results);
      }
      function completeWorker(workerId, results) {
        var worker = workers[workerId];
        if (isFunction(worker.userComplete))
          worker.userComplete(results);
        worker.terminate();
        delete workers[workerId];
      }
      function notImplemented() {
        throw new Error("Not implemented.");
      }
      function workerThreadReceivedMessage(e) {
        var msg = e.data;
        if (typeof Papa2.WORKER_ID === "undefined" && msg)
          Papa2.WORKER_ID = msg.workerId;
        if (typeof msg.input === "string") {
          global.postMessage({
            workerId: Papa2.WORKER_ID,
            results: Papa2.parse(msg.input, msg.config),
            finished: true
          });
        } else if (global.File && msg.input instanceof File || msg.input instanceof Object) {
          var results = Papa2.parse(msg.input, msg.config);
          if (results)
            global.postMessage({
              workerId: Papa2.WORKER_ID,
              results,
              finished: true
            });
        }
      }
      function copy(obj) {
        if (typeof obj !== "object" || obj === null)
          return obj;
        var cpy = Array.isArray(obj) ? [] : {};
        for (var key in obj)
          cpy[key] = copy(obj[key]);
        return cpy;
      }
      function bindFunction(f, self2) {
        return function() {
          f.apply(self2, arguments);
        };
      }
      function isFunction(func) {
        return typeof func === "function";
      }
      return Papa2;
    });
  }
});

// ../../tmp/try/run.ts
var import_papaparse = __toESM(require_papaparse());
import { readFileSync } from "node:fs";

// src/models/linkage/hash.ts
function textHash(text) {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return mixedHash(hash ^ text.length);
}
function mixedHash(number) {
  let hash = Math.imul(number ^ number >>> 16, 2246822507);
  hash = Math.imul(hash ^ hash >>> 13, 3266489909);
  return (hash ^ hash >>> 16) >>> 0;
}
var hashOfTwo = (one, other2) => mixedHash(Math.imul(one, 2654435761) + mixedHash(other2 + 2135587861));

// src/commands/dedupe/columns.ts
function columnOf(header2, codes2, words5) {
  const counts = new Int32Array(words5.length);
  let filled = 0;
  for (let row = 0; row < codes2.length; row++) {
    const code = codes2[row];
    if (code < 0) continue;
    counts[code] = counts[code] + 1;
    filled++;
  }
  const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return { header: header2, codes: codes2, words: words5, counts, rows: codes2.length, filled, distinct };
}
var SAMPLE = 2e4;
function sampleOf({ words: words5, counts }) {
  const below = words5.length <= SAMPLE ? 2 ** 32 : 2 ** 32 * SAMPLE / words5.length;
  const sample = [];
  words5.forEach((word, code) => {
    const count = counts[code];
    if (count > 0 && (below >= 2 ** 32 || textHash(word) < below)) sample.push({ word, count });
  });
  return sample;
}

// src/core/days.ts
var NO_DAY = -2147483648;
var MS_PER_DAY = 864e5;
var ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
function parseDay(iso) {
  const match2 = ISO.exec(iso);
  if (!match2) return void 0;
  const [year, month, day] = [Number(match2[1]), Number(match2[2]), Number(match2[3])];
  const date = new Date(Date.UTC(2e3, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return void 0;
  return Math.round(date.getTime() / MS_PER_DAY);
}
function formatDay(day) {
  return day === NO_DAY ? "" : new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

// src/fields/chineseRegions.ts
var CITIES = `
\u5317\u4EAC\u5E02 \u5317\u4EAC
\u5929\u6D25\u5E02 \u5929\u6D25
\u4E0A\u6D77\u5E02 \u4E0A\u6D77
\u91CD\u5E86\u5E02 \u91CD\u5E86
\u6CB3\u5317\u7701 \u77F3\u5BB6\u5E84 \u5510\u5C71 \u79E6\u7687\u5C9B \u90AF\u90F8 \u90A2\u53F0 \u4FDD\u5B9A \u5F20\u5BB6\u53E3 \u627F\u5FB7 \u6CA7\u5DDE \u5ECA\u574A \u8861\u6C34
\u5C71\u897F\u7701 \u592A\u539F \u5927\u540C \u9633\u6CC9 \u957F\u6CBB \u664B\u57CE \u6714\u5DDE \u664B\u4E2D \u8FD0\u57CE \u5FFB\u5DDE \u4E34\u6C7E \u5415\u6881
\u5185\u8499\u53E4\u81EA\u6CBB\u533A \u547C\u548C\u6D69\u7279 \u5305\u5934 \u4E4C\u6D77 \u8D64\u5CF0 \u901A\u8FBD \u9102\u5C14\u591A\u65AF \u547C\u4F26\u8D1D\u5C14 \u5DF4\u5F66\u6DD6\u5C14 \u4E4C\u5170\u5BDF\u5E03 \u5174\u5B89\u76DF \u9521\u6797\u90ED\u52D2\u76DF \u963F\u62C9\u5584\u76DF
\u8FBD\u5B81\u7701 \u6C88\u9633 \u5927\u8FDE \u978D\u5C71 \u629A\u987A \u672C\u6EAA \u4E39\u4E1C \u9526\u5DDE \u8425\u53E3 \u961C\u65B0 \u8FBD\u9633 \u76D8\u9526 \u94C1\u5CAD \u671D\u9633 \u846B\u82A6\u5C9B
\u5409\u6797\u7701 \u957F\u6625 \u5409\u6797 \u56DB\u5E73 \u8FBD\u6E90 \u901A\u5316 \u767D\u5C71 \u677E\u539F \u767D\u57CE \u5EF6\u8FB9\u671D\u9C9C\u65CF\u81EA\u6CBB\u5DDE
\u9ED1\u9F99\u6C5F\u7701 \u54C8\u5C14\u6EE8 \u9F50\u9F50\u54C8\u5C14 \u9E21\u897F \u9E64\u5C97 \u53CC\u9E2D\u5C71 \u5927\u5E86 \u4F0A\u6625 \u4F73\u6728\u65AF \u4E03\u53F0\u6CB3 \u7261\u4E39\u6C5F \u9ED1\u6CB3 \u7EE5\u5316 \u5927\u5174\u5B89\u5CAD\u5730\u533A
\u6C5F\u82CF\u7701 \u5357\u4EAC \u65E0\u9521 \u5F90\u5DDE \u5E38\u5DDE \u82CF\u5DDE \u5357\u901A \u8FDE\u4E91\u6E2F \u6DEE\u5B89 \u76D0\u57CE \u626C\u5DDE \u9547\u6C5F \u6CF0\u5DDE \u5BBF\u8FC1
\u6D59\u6C5F\u7701 \u676D\u5DDE \u5B81\u6CE2 \u6E29\u5DDE \u5609\u5174 \u6E56\u5DDE \u7ECD\u5174 \u91D1\u534E \u8862\u5DDE \u821F\u5C71 \u53F0\u5DDE \u4E3D\u6C34
\u5B89\u5FBD\u7701 \u5408\u80A5 \u829C\u6E56 \u868C\u57E0 \u6DEE\u5357 \u9A6C\u978D\u5C71 \u6DEE\u5317 \u94DC\u9675 \u5B89\u5E86 \u9EC4\u5C71 \u6EC1\u5DDE \u961C\u9633 \u5BBF\u5DDE \u516D\u5B89 \u4EB3\u5DDE \u6C60\u5DDE \u5BA3\u57CE
\u798F\u5EFA\u7701 \u798F\u5DDE \u53A6\u95E8 \u8386\u7530 \u4E09\u660E \u6CC9\u5DDE \u6F33\u5DDE \u5357\u5E73 \u9F99\u5CA9 \u5B81\u5FB7
\u6C5F\u897F\u7701 \u5357\u660C \u666F\u5FB7\u9547 \u840D\u4E61 \u4E5D\u6C5F \u65B0\u4F59 \u9E70\u6F6D \u8D63\u5DDE \u5409\u5B89 \u5B9C\u6625 \u629A\u5DDE \u4E0A\u9976
\u5C71\u4E1C\u7701 \u6D4E\u5357 \u9752\u5C9B \u6DC4\u535A \u67A3\u5E84 \u4E1C\u8425 \u70DF\u53F0 \u6F4D\u574A \u6D4E\u5B81 \u6CF0\u5B89 \u5A01\u6D77 \u65E5\u7167 \u4E34\u6C82 \u5FB7\u5DDE \u804A\u57CE \u6EE8\u5DDE \u83CF\u6CFD
\u6CB3\u5357\u7701 \u90D1\u5DDE \u5F00\u5C01 \u6D1B\u9633 \u5E73\u9876\u5C71 \u5B89\u9633 \u9E64\u58C1 \u65B0\u4E61 \u7126\u4F5C \u6FEE\u9633 \u8BB8\u660C \u6F2F\u6CB3 \u4E09\u95E8\u5CE1 \u5357\u9633 \u5546\u4E18 \u4FE1\u9633 \u5468\u53E3 \u9A7B\u9A6C\u5E97 \u6D4E\u6E90
\u6E56\u5317\u7701 \u6B66\u6C49 \u9EC4\u77F3 \u5341\u5830 \u5B9C\u660C \u8944\u9633 \u9102\u5DDE \u8346\u95E8 \u5B5D\u611F \u8346\u5DDE \u9EC4\u5188 \u54B8\u5B81 \u968F\u5DDE \u6069\u65BD\u571F\u5BB6\u65CF\u82D7\u65CF\u81EA\u6CBB\u5DDE \u4ED9\u6843 \u6F5C\u6C5F \u5929\u95E8 \u795E\u519C\u67B6\u6797\u533A
\u6E56\u5357\u7701 \u957F\u6C99 \u682A\u6D32 \u6E58\u6F6D \u8861\u9633 \u90B5\u9633 \u5CB3\u9633 \u5E38\u5FB7 \u5F20\u5BB6\u754C \u76CA\u9633 \u90F4\u5DDE \u6C38\u5DDE \u6000\u5316 \u5A04\u5E95 \u6E58\u897F\u571F\u5BB6\u65CF\u82D7\u65CF\u81EA\u6CBB\u5DDE
\u5E7F\u4E1C\u7701 \u5E7F\u5DDE \u6DF1\u5733 \u73E0\u6D77 \u6C55\u5934 \u4F5B\u5C71 \u97F6\u5173 \u6E5B\u6C5F \u8087\u5E86 \u6C5F\u95E8 \u8302\u540D \u60E0\u5DDE \u6885\u5DDE \u6C55\u5C3E \u6CB3\u6E90 \u9633\u6C5F \u6E05\u8FDC \u4E1C\u839E \u4E2D\u5C71 \u6F6E\u5DDE \u63ED\u9633 \u4E91\u6D6E
\u5E7F\u897F\u58EE\u65CF\u81EA\u6CBB\u533A \u5357\u5B81 \u67F3\u5DDE \u6842\u6797 \u68A7\u5DDE \u5317\u6D77 \u9632\u57CE\u6E2F \u94A6\u5DDE \u8D35\u6E2F \u7389\u6797 \u767E\u8272 \u8D3A\u5DDE \u6CB3\u6C60 \u6765\u5BBE \u5D07\u5DE6
\u6D77\u5357\u7701 \u6D77\u53E3 \u4E09\u4E9A \u4E09\u6C99 \u510B\u5DDE \u4E94\u6307\u5C71 \u743C\u6D77 \u6587\u660C \u4E07\u5B81 \u4E1C\u65B9 \u5B9A\u5B89\u53BF \u5C6F\u660C\u53BF \u6F84\u8FC8\u53BF \u4E34\u9AD8\u53BF
\u56DB\u5DDD\u7701 \u6210\u90FD \u81EA\u8D21 \u6500\u679D\u82B1 \u6CF8\u5DDE \u5FB7\u9633 \u7EF5\u9633 \u5E7F\u5143 \u9042\u5B81 \u5185\u6C5F \u4E50\u5C71 \u5357\u5145 \u7709\u5C71 \u5B9C\u5BBE \u5E7F\u5B89 \u8FBE\u5DDE \u96C5\u5B89 \u5DF4\u4E2D \u8D44\u9633 \u963F\u575D\u85CF\u65CF\u7F8C\u65CF\u81EA\u6CBB\u5DDE \u7518\u5B5C\u85CF\u65CF\u81EA\u6CBB\u5DDE \u51C9\u5C71\u5F5D\u65CF\u81EA\u6CBB\u5DDE
\u8D35\u5DDE\u7701 \u8D35\u9633 \u516D\u76D8\u6C34 \u9075\u4E49 \u5B89\u987A \u6BD5\u8282 \u94DC\u4EC1 \u9ED4\u897F\u5357\u5E03\u4F9D\u65CF\u82D7\u65CF\u81EA\u6CBB\u5DDE \u9ED4\u4E1C\u5357\u82D7\u65CF\u4F97\u65CF\u81EA\u6CBB\u5DDE \u9ED4\u5357\u5E03\u4F9D\u65CF\u82D7\u65CF\u81EA\u6CBB\u5DDE
\u4E91\u5357\u7701 \u6606\u660E \u66F2\u9756 \u7389\u6EAA \u4FDD\u5C71 \u662D\u901A \u4E3D\u6C5F \u666E\u6D31 \u4E34\u6CA7 \u695A\u96C4\u5F5D\u65CF\u81EA\u6CBB\u5DDE \u7EA2\u6CB3\u54C8\u5C3C\u65CF\u5F5D\u65CF\u81EA\u6CBB\u5DDE \u6587\u5C71\u58EE\u65CF\u82D7\u65CF\u81EA\u6CBB\u5DDE \u897F\u53CC\u7248\u7EB3\u50A3\u65CF\u81EA\u6CBB\u5DDE \u5927\u7406\u767D\u65CF\u81EA\u6CBB\u5DDE \u5FB7\u5B8F\u50A3\u65CF\u666F\u9887\u65CF\u81EA\u6CBB\u5DDE \u6012\u6C5F\u5088\u50F3\u65CF\u81EA\u6CBB\u5DDE \u8FEA\u5E86\u85CF\u65CF\u81EA\u6CBB\u5DDE
\u897F\u85CF\u81EA\u6CBB\u533A \u62C9\u8428 \u65E5\u5580\u5219 \u660C\u90FD \u6797\u829D \u5C71\u5357 \u90A3\u66F2 \u963F\u91CC\u5730\u533A
\u9655\u897F\u7701 \u897F\u5B89 \u94DC\u5DDD \u5B9D\u9E21 \u54B8\u9633 \u6E2D\u5357 \u5EF6\u5B89 \u6C49\u4E2D \u6986\u6797 \u5B89\u5EB7 \u5546\u6D1B
\u7518\u8083\u7701 \u5170\u5DDE \u5609\u5CEA\u5173 \u91D1\u660C \u767D\u94F6 \u5929\u6C34 \u6B66\u5A01 \u5F20\u6396 \u5E73\u51C9 \u9152\u6CC9 \u5E86\u9633 \u5B9A\u897F \u9647\u5357 \u4E34\u590F\u56DE\u65CF\u81EA\u6CBB\u5DDE \u7518\u5357\u85CF\u65CF\u81EA\u6CBB\u5DDE
\u9752\u6D77\u7701 \u897F\u5B81 \u6D77\u4E1C \u6D77\u5317\u85CF\u65CF\u81EA\u6CBB\u5DDE \u9EC4\u5357\u85CF\u65CF\u81EA\u6CBB\u5DDE \u6D77\u5357\u85CF\u65CF\u81EA\u6CBB\u5DDE \u679C\u6D1B\u85CF\u65CF\u81EA\u6CBB\u5DDE \u7389\u6811\u85CF\u65CF\u81EA\u6CBB\u5DDE \u6D77\u897F\u8499\u53E4\u65CF\u85CF\u65CF\u81EA\u6CBB\u5DDE
\u5B81\u590F\u56DE\u65CF\u81EA\u6CBB\u533A \u94F6\u5DDD \u77F3\u5634\u5C71 \u5434\u5FE0 \u56FA\u539F \u4E2D\u536B
\u65B0\u7586\u7EF4\u543E\u5C14\u81EA\u6CBB\u533A \u4E4C\u9C81\u6728\u9F50 \u514B\u62C9\u739B\u4F9D \u5410\u9C81\u756A \u54C8\u5BC6 \u660C\u5409\u56DE\u65CF\u81EA\u6CBB\u5DDE \u535A\u5C14\u5854\u62C9\u8499\u53E4\u81EA\u6CBB\u5DDE \u5DF4\u97F3\u90ED\u695E\u8499\u53E4\u81EA\u6CBB\u5DDE \u963F\u514B\u82CF\u5730\u533A \u514B\u5B5C\u52D2\u82CF\u67EF\u5C14\u514B\u5B5C\u81EA\u6CBB\u5DDE \u5580\u4EC0\u5730\u533A \u548C\u7530\u5730\u533A \u4F0A\u7281\u54C8\u8428\u514B\u81EA\u6CBB\u5DDE \u5854\u57CE\u5730\u533A \u963F\u52D2\u6CF0\u5730\u533A \u77F3\u6CB3\u5B50 \u963F\u62C9\u5C14 \u56FE\u6728\u8212\u514B \u4E94\u5BB6\u6E20
\u53F0\u6E7E\u7701 \u53F0\u5317 \u65B0\u5317 \u6843\u56ED \u53F0\u4E2D \u53F0\u5357 \u9AD8\u96C4 \u57FA\u9686 \u65B0\u7AF9 \u5609\u4E49
\u9999\u6E2F\u7279\u522B\u884C\u653F\u533A \u9999\u6E2F\u7279\u522B\u884C\u653F\u533A
\u6FB3\u95E8\u7279\u522B\u884C\u653F\u533A \u6FB3\u95E8\u7279\u522B\u884C\u653F\u533A
`;
var DISTRICTS = `
\u5317\u4EAC \u4E1C\u57CE \u897F\u57CE \u671D\u9633 \u4E30\u53F0 \u77F3\u666F\u5C71 \u6D77\u6DC0 \u95E8\u5934\u6C9F \u623F\u5C71 \u901A\u5DDE \u987A\u4E49 \u660C\u5E73 \u5927\u5174 \u6000\u67D4 \u5E73\u8C37 \u5BC6\u4E91 \u5EF6\u5E86
\u5929\u6D25 \u548C\u5E73 \u6CB3\u4E1C \u6CB3\u897F \u5357\u5F00 \u6CB3\u5317 \u7EA2\u6865 \u4E1C\u4E3D \u897F\u9752 \u6D25\u5357 \u5317\u8FB0 \u6B66\u6E05 \u5B9D\u577B \u6EE8\u6D77\u65B0\u533A \u5B81\u6CB3 \u9759\u6D77 \u84DF\u5DDE
\u4E0A\u6D77 \u9EC4\u6D66 \u5F90\u6C47 \u957F\u5B81 \u9759\u5B89 \u666E\u9640 \u8679\u53E3 \u6768\u6D66 \u95F5\u884C \u5B9D\u5C71 \u5609\u5B9A \u6D66\u4E1C\u65B0\u533A \u91D1\u5C71 \u677E\u6C5F \u9752\u6D66 \u5949\u8D24 \u5D07\u660E
\u91CD\u5E86 \u4E07\u5DDE \u6DAA\u9675 \u6E1D\u4E2D \u5927\u6E21\u53E3 \u6C5F\u5317 \u6C99\u576A\u575D \u4E5D\u9F99\u5761 \u5357\u5CB8 \u5317\u789A \u7DA6\u6C5F \u5927\u8DB3 \u6E1D\u5317 \u5DF4\u5357 \u9ED4\u6C5F \u957F\u5BFF \u6C5F\u6D25 \u5408\u5DDD \u6C38\u5DDD \u5357\u5DDD \u74A7\u5C71 \u94DC\u6881 \u6F7C\u5357 \u8363\u660C \u5F00\u5DDE \u6881\u5E73 \u6B66\u9686
\u77F3\u5BB6\u5E84 \u957F\u5B89 \u6865\u897F \u65B0\u534E \u4E95\u9649\u77FF\u533A \u88D5\u534E \u85C1\u57CE \u9E7F\u6CC9 \u683E\u57CE \u6B63\u5B9A\u53BF \u8F9B\u96C6\u5E02
\u5510\u5C71 \u8DEF\u5357 \u8DEF\u5317 \u53E4\u51B6 \u5F00\u5E73 \u4E30\u5357 \u4E30\u6DA6 \u66F9\u5983\u7538 \u8FC1\u5B89\u5E02 \u9075\u5316\u5E02
\u4FDD\u5B9A \u7ADE\u79C0 \u83B2\u6C60 \u6EE1\u57CE \u6E05\u82D1 \u5F90\u6C34 \u6DBF\u5DDE\u5E02 \u5B9A\u5DDE\u5E02 \u9AD8\u7891\u5E97\u5E02
\u90AF\u90F8 \u90AF\u5C71 \u4E1B\u53F0 \u590D\u5174 \u5CF0\u5CF0\u77FF\u533A \u80A5\u4E61 \u6C38\u5E74 \u6B66\u5B89\u5E02
\u5ECA\u574A \u5B89\u6B21 \u5E7F\u9633 \u4E09\u6CB3\u5E02 \u9738\u5DDE\u5E02 \u56FA\u5B89\u53BF \u9999\u6CB3\u53BF
\u592A\u539F \u5C0F\u5E97 \u8FCE\u6CFD \u674F\u82B1\u5CAD \u5C16\u8349\u576A \u4E07\u67CF\u6797 \u664B\u6E90 \u53E4\u4EA4\u5E02
\u547C\u548C\u6D69\u7279 \u65B0\u57CE \u56DE\u6C11 \u7389\u6CC9 \u8D5B\u7F55
\u5305\u5934 \u4E1C\u6CB3 \u6606\u90FD\u4ED1 \u9752\u5C71 \u77F3\u62D0 \u767D\u4E91\u9102\u535A\u77FF\u533A \u4E5D\u539F
\u6C88\u9633 \u548C\u5E73 \u6C88\u6CB3 \u5927\u4E1C \u7687\u59D1 \u94C1\u897F \u82CF\u5BB6\u5C6F \u6D51\u5357 \u6C88\u5317\u65B0\u533A \u4E8E\u6D2A \u8FBD\u4E2D \u65B0\u6C11\u5E02
\u5927\u8FDE \u4E2D\u5C71 \u897F\u5C97 \u6C99\u6CB3\u53E3 \u7518\u4E95\u5B50 \u65C5\u987A\u53E3 \u91D1\u5DDE \u666E\u5170\u5E97 \u74E6\u623F\u5E97\u5E02 \u5E84\u6CB3\u5E02
\u978D\u5C71 \u94C1\u4E1C \u94C1\u897F \u7ACB\u5C71 \u5343\u5C71 \u6D77\u57CE\u5E02
\u957F\u6625 \u5357\u5173 \u5BBD\u57CE \u671D\u9633 \u4E8C\u9053 \u7EFF\u56ED \u53CC\u9633 \u4E5D\u53F0 \u6986\u6811\u5E02 \u5FB7\u60E0\u5E02 \u516C\u4E3B\u5CAD\u5E02
\u5409\u6797 \u660C\u9091 \u9F99\u6F6D \u8239\u8425 \u4E30\u6EE1
\u54C8\u5C14\u6EE8 \u9053\u91CC \u5357\u5C97 \u9053\u5916 \u5E73\u623F \u677E\u5317 \u9999\u574A \u547C\u5170 \u963F\u57CE \u53CC\u57CE \u5C1A\u5FD7\u5E02 \u4E94\u5E38\u5E02
\u5927\u5E86 \u8428\u5C14\u56FE \u9F99\u51E4 \u8BA9\u80E1\u8DEF \u7EA2\u5C97 \u5927\u540C
\u5357\u4EAC \u7384\u6B66 \u79E6\u6DEE \u5EFA\u90BA \u9F13\u697C \u6D66\u53E3 \u6816\u971E \u96E8\u82B1\u53F0 \u6C5F\u5B81 \u516D\u5408 \u6EA7\u6C34 \u9AD8\u6DF3
\u65E0\u9521 \u9521\u5C71 \u60E0\u5C71 \u6EE8\u6E56 \u6881\u6EAA \u65B0\u5434 \u6C5F\u9634\u5E02 \u5B9C\u5174\u5E02
\u5F90\u5DDE \u9F13\u697C \u4E91\u9F99 \u8D3E\u6C6A \u6CC9\u5C71 \u94DC\u5C71 \u65B0\u6C82\u5E02 \u90B3\u5DDE\u5E02
\u5E38\u5DDE \u5929\u5B81 \u949F\u697C \u65B0\u5317 \u6B66\u8FDB \u91D1\u575B \u6EA7\u9633\u5E02
\u82CF\u5DDE \u864E\u4E18 \u5434\u4E2D \u76F8\u57CE \u59D1\u82CF \u5434\u6C5F \u5DE5\u4E1A\u56ED\u533A \u5E38\u719F\u5E02 \u5F20\u5BB6\u6E2F\u5E02 \u6606\u5C71\u5E02 \u592A\u4ED3\u5E02
\u5357\u901A \u5D07\u5DDD \u901A\u5DDE \u6D77\u95E8 \u542F\u4E1C\u5E02 \u5982\u768B\u5E02 \u6D77\u5B89\u5E02
\u626C\u5DDE \u5E7F\u9675 \u9097\u6C5F \u6C5F\u90FD \u4EEA\u5F81\u5E02 \u9AD8\u90AE\u5E02
\u9547\u6C5F \u4EAC\u53E3 \u6DA6\u5DDE \u4E39\u5F92 \u4E39\u9633\u5E02 \u626C\u4E2D\u5E02 \u53E5\u5BB9\u5E02
\u6CF0\u5DDE \u6D77\u9675 \u9AD8\u6E2F \u59DC\u5830 \u5174\u5316\u5E02 \u9756\u6C5F\u5E02 \u6CF0\u5174\u5E02
\u76D0\u57CE \u4EAD\u6E56 \u76D0\u90FD \u5927\u4E30 \u4E1C\u53F0\u5E02
\u676D\u5DDE \u4E0A\u57CE \u4E0B\u57CE \u6C5F\u5E72 \u62F1\u5885 \u897F\u6E56 \u6EE8\u6C5F \u8427\u5C71 \u4F59\u676D \u5BCC\u9633 \u4E34\u5B89 \u4E34\u5E73 \u94B1\u5858 \u6850\u5E90\u53BF \u6DF3\u5B89\u53BF \u5EFA\u5FB7\u5E02
\u5B81\u6CE2 \u6D77\u66D9 \u6C5F\u4E1C \u6C5F\u5317 \u5317\u4ED1 \u9547\u6D77 \u911E\u5DDE \u5949\u5316 \u4F59\u59DA\u5E02 \u6148\u6EAA\u5E02 \u8C61\u5C71\u53BF \u5B81\u6D77\u53BF
\u6E29\u5DDE \u9E7F\u57CE \u9F99\u6E7E \u74EF\u6D77 \u6D1E\u5934 \u745E\u5B89\u5E02 \u4E50\u6E05\u5E02 \u9F99\u6E2F\u5E02 \u6C38\u5609\u53BF \u5E73\u9633\u53BF \u82CD\u5357\u53BF
\u5609\u5174 \u5357\u6E56 \u79C0\u6D32 \u6D77\u5B81\u5E02 \u5E73\u6E56\u5E02 \u6850\u4E61\u5E02 \u5609\u5584\u53BF \u6D77\u76D0\u53BF
\u6E56\u5DDE \u5434\u5174 \u5357\u6D54 \u5FB7\u6E05\u53BF \u957F\u5174\u53BF \u5B89\u5409\u53BF
\u7ECD\u5174 \u8D8A\u57CE \u67EF\u6865 \u4E0A\u865E \u8BF8\u66A8\u5E02 \u5D4A\u5DDE\u5E02 \u65B0\u660C\u53BF
\u91D1\u534E \u5A7A\u57CE \u91D1\u4E1C \u5170\u6EAA\u5E02 \u4E49\u4E4C\u5E02 \u4E1C\u9633\u5E02 \u6C38\u5EB7\u5E02 \u6D66\u6C5F\u53BF
\u53F0\u5DDE \u6912\u6C5F \u9EC4\u5CA9 \u8DEF\u6865 \u6E29\u5CAD\u5E02 \u4E34\u6D77\u5E02 \u7389\u73AF\u5E02
\u5408\u80A5 \u7476\u6D77 \u5E90\u9633 \u8700\u5C71 \u5305\u6CB3 \u5DE2\u6E56\u5E02 \u957F\u4E30\u53BF \u80A5\u4E1C\u53BF \u80A5\u897F\u53BF \u5E90\u6C5F\u53BF
\u829C\u6E56 \u955C\u6E56 \u9E20\u6C5F \u5F0B\u6C5F \u6E7E\u6C9A \u7E41\u660C \u65E0\u4E3A\u5E02
\u798F\u5DDE \u9F13\u697C \u53F0\u6C5F \u4ED3\u5C71 \u9A6C\u5C3E \u664B\u5B89 \u957F\u4E50 \u798F\u6E05\u5E02 \u95FD\u4FAF\u53BF \u8FDE\u6C5F\u53BF
\u53A6\u95E8 \u601D\u660E \u6D77\u6CA7 \u6E56\u91CC \u96C6\u7F8E \u540C\u5B89 \u7FD4\u5B89
\u6CC9\u5DDE \u9CA4\u57CE \u4E30\u6CFD \u6D1B\u6C5F \u6CC9\u6E2F \u77F3\u72EE\u5E02 \u664B\u6C5F\u5E02 \u5357\u5B89\u5E02 \u60E0\u5B89\u53BF \u5B89\u6EAA\u53BF
\u6F33\u5DDE \u8297\u57CE \u9F99\u6587 \u9F99\u6D77 \u6F33\u6D66\u53BF
\u5357\u660C \u4E1C\u6E56 \u897F\u6E56 \u9752\u4E91\u8C31 \u9752\u5C71\u6E56 \u65B0\u5EFA \u7EA2\u8C37\u6EE9 \u5357\u660C\u53BF \u8FDB\u8D24\u53BF
\u8D63\u5DDE \u7AE0\u8D21 \u5357\u5EB7 \u8D63\u53BF\u533A \u745E\u91D1\u5E02
\u6D4E\u5357 \u5386\u4E0B \u5E02\u4E2D \u69D0\u836B \u5929\u6865 \u5386\u57CE \u957F\u6E05 \u7AE0\u4E18 \u6D4E\u9633 \u83B1\u829C \u94A2\u57CE \u5E73\u9634\u53BF \u5546\u6CB3\u53BF
\u9752\u5C9B \u5E02\u5357 \u5E02\u5317 \u9EC4\u5C9B \u5D02\u5C71 \u674E\u6CA7 \u57CE\u9633 \u5373\u58A8 \u80F6\u5DDE\u5E02 \u5E73\u5EA6\u5E02 \u83B1\u897F\u5E02
\u70DF\u53F0 \u829D\u7F58 \u798F\u5C71 \u725F\u5E73 \u83B1\u5C71 \u84EC\u83B1 \u9F99\u53E3\u5E02 \u83B1\u9633\u5E02 \u83B1\u5DDE\u5E02 \u62DB\u8FDC\u5E02 \u6D77\u9633\u5E02
\u6F4D\u574A \u6F4D\u57CE \u5BD2\u4EAD \u574A\u5B50 \u594E\u6587 \u9752\u5DDE\u5E02 \u8BF8\u57CE\u5E02 \u5BFF\u5149\u5E02 \u5B89\u4E18\u5E02 \u9AD8\u5BC6\u5E02
\u6DC4\u535A \u6DC4\u5DDD \u5F20\u5E97 \u535A\u5C71 \u4E34\u6DC4 \u5468\u6751 \u6853\u53F0\u53BF
\u4E34\u6C82 \u5170\u5C71 \u7F57\u5E84 \u6CB3\u4E1C \u6C82\u6C34\u53BF
\u90D1\u5DDE \u4E2D\u539F \u4E8C\u4E03 \u7BA1\u57CE\u56DE\u65CF\u533A \u91D1\u6C34 \u4E0A\u8857 \u60E0\u6D4E \u90D1\u4E1C\u65B0\u533A \u5DE9\u4E49\u5E02 \u8365\u9633\u5E02 \u65B0\u5BC6\u5E02 \u65B0\u90D1\u5E02 \u767B\u5C01\u5E02 \u4E2D\u725F\u53BF
\u6D1B\u9633 \u8001\u57CE \u897F\u5DE5 \u700D\u6CB3\u56DE\u65CF\u533A \u6DA7\u897F \u6D1B\u9F99 \u5043\u5E08 \u5B5F\u6D25
\u6B66\u6C49 \u6C5F\u5CB8 \u6C5F\u6C49 \u785A\u53E3 \u6C49\u9633 \u6B66\u660C \u9752\u5C71 \u6D2A\u5C71 \u4E1C\u897F\u6E56 \u6C49\u5357 \u8521\u7538 \u6C5F\u590F \u9EC4\u9642 \u65B0\u6D32
\u5B9C\u660C \u897F\u9675 \u4F0D\u5BB6\u5C97 \u70B9\u519B \u7307\u4EAD \u5937\u9675 \u679D\u6C5F\u5E02 \u5B9C\u90FD\u5E02
\u8944\u9633 \u8944\u57CE \u6A0A\u57CE \u8944\u5DDE \u67A3\u9633\u5E02
\u957F\u6C99 \u8299\u84C9 \u5929\u5FC3 \u5CB3\u9E93 \u5F00\u798F \u96E8\u82B1 \u671B\u57CE \u957F\u6C99\u53BF \u6D4F\u9633\u5E02 \u5B81\u4E61\u5E02
\u682A\u6D32 \u8377\u5858 \u82A6\u6DDE \u77F3\u5CF0 \u5929\u5143 \u6E0C\u53E3 \u91B4\u9675\u5E02
\u8861\u9633 \u73E0\u6656 \u96C1\u5CF0 \u77F3\u9F13 \u84B8\u6E58 \u5357\u5CB3 \u8012\u9633\u5E02 \u5E38\u5B81\u5E02
\u5E7F\u5DDE \u8354\u6E7E \u8D8A\u79C0 \u6D77\u73E0 \u5929\u6CB3 \u767D\u4E91 \u9EC4\u57D4 \u756A\u79BA \u82B1\u90FD \u5357\u6C99 \u4ECE\u5316 \u589E\u57CE \u841D\u5C97
\u6DF1\u5733 \u7F57\u6E56 \u798F\u7530 \u5357\u5C71 \u5B9D\u5B89 \u9F99\u5C97 \u76D0\u7530 \u9F99\u534E \u576A\u5C71 \u5149\u660E \u5927\u9E4F\u65B0\u533A
\u73E0\u6D77 \u9999\u6D32 \u6597\u95E8 \u91D1\u6E7E \u6A2A\u7434\u65B0\u533A
\u6C55\u5934 \u9F99\u6E56 \u91D1\u5E73 \u6FE0\u6C5F \u6F6E\u9633 \u6F6E\u5357 \u6F84\u6D77 \u5357\u6FB3\u53BF
\u4F5B\u5C71 \u7985\u57CE \u5357\u6D77 \u987A\u5FB7 \u4E09\u6C34 \u9AD8\u660E
\u60E0\u5DDE \u60E0\u57CE \u60E0\u9633 \u535A\u7F57\u53BF \u60E0\u4E1C\u53BF \u9F99\u95E8\u53BF
\u6C5F\u95E8 \u84EC\u6C5F \u6C5F\u6D77 \u65B0\u4F1A \u53F0\u5C71\u5E02 \u5F00\u5E73\u5E02 \u9E64\u5C71\u5E02 \u6069\u5E73\u5E02
\u6E5B\u6C5F \u8D64\u574E \u971E\u5C71 \u5761\u5934 \u9EBB\u7AE0 \u5EC9\u6C5F\u5E02 \u96F7\u5DDE\u5E02 \u5434\u5DDD\u5E02
\u8087\u5E86 \u7AEF\u5DDE \u9F0E\u6E56 \u9AD8\u8981 \u56DB\u4F1A\u5E02
\u8302\u540D \u8302\u5357 \u7535\u767D \u9AD8\u5DDE\u5E02 \u5316\u5DDE\u5E02 \u4FE1\u5B9C\u5E02
\u5357\u5B81 \u5174\u5B81 \u9752\u79C0 \u6C5F\u5357 \u897F\u4E61\u5858 \u826F\u5E86 \u9095\u5B81 \u6B66\u9E23 \u6A2A\u5DDE\u5E02
\u67F3\u5DDE \u57CE\u4E2D \u9C7C\u5CF0 \u67F3\u5357 \u67F3\u5317 \u67F3\u6C5F
\u6842\u6797 \u79C0\u5CF0 \u53E0\u5F69 \u8C61\u5C71 \u4E03\u661F \u96C1\u5C71 \u4E34\u6842
\u6D77\u53E3 \u79C0\u82F1 \u9F99\u534E \u743C\u5C71 \u7F8E\u5170
\u4E09\u4E9A \u6D77\u68E0 \u5409\u9633 \u5929\u6DAF \u5D16\u5DDE
\u6210\u90FD \u9526\u6C5F \u9752\u7F8A \u91D1\u725B \u6B66\u4FAF \u6210\u534E \u9F99\u6CC9\u9A7F \u9752\u767D\u6C5F \u65B0\u90FD \u6E29\u6C5F \u53CC\u6D41 \u90EB\u90FD \u65B0\u6D25 \u9AD8\u65B0\u533A \u5929\u5E9C\u65B0\u533A \u90FD\u6C5F\u5830\u5E02 \u5F6D\u5DDE\u5E02 \u909B\u5D03\u5E02 \u5D07\u5DDE\u5E02 \u7B80\u9633\u5E02
\u7EF5\u9633 \u6DAA\u57CE \u6E38\u4ED9 \u5B89\u5DDE \u6C5F\u6CB9\u5E02
\u8D35\u9633 \u5357\u660E \u4E91\u5CA9 \u82B1\u6EAA \u4E4C\u5F53 \u767D\u4E91 \u89C2\u5C71\u6E56 \u6E05\u9547\u5E02
\u9075\u4E49 \u7EA2\u82B1\u5C97 \u6C47\u5DDD \u64AD\u5DDE \u4EC1\u6000\u5E02
\u6606\u660E \u4E94\u534E \u76D8\u9F99 \u5B98\u6E21 \u897F\u5C71 \u4E1C\u5DDD \u5448\u8D21 \u664B\u5B81 \u5B89\u5B81\u5E02
\u897F\u5B89 \u65B0\u57CE \u7891\u6797 \u83B2\u6E56 \u705E\u6865 \u672A\u592E \u96C1\u5854 \u960E\u826F \u4E34\u6F7C \u957F\u5B89 \u9AD8\u9675 \u9120\u9091 \u84DD\u7530\u53BF \u5468\u81F3\u53BF
\u54B8\u9633 \u79E6\u90FD \u6E2D\u57CE \u6768\u9675 \u5174\u5E73\u5E02
\u5170\u5DDE \u57CE\u5173 \u4E03\u91CC\u6CB3 \u897F\u56FA \u5B89\u5B81 \u7EA2\u53E4 \u6986\u4E2D\u53BF
\u897F\u5B81 \u57CE\u4E1C \u57CE\u4E2D \u57CE\u897F \u57CE\u5317 \u6E5F\u4E2D
\u94F6\u5DDD \u5174\u5E86 \u897F\u590F \u91D1\u51E4 \u7075\u6B66\u5E02 \u6C38\u5B81\u53BF \u8D3A\u5170\u53BF
\u4E4C\u9C81\u6728\u9F50 \u5929\u5C71 \u6C99\u4F9D\u5DF4\u514B \u65B0\u5E02 \u6C34\u78E8\u6C9F \u5934\u5C6F\u6CB3 \u8FBE\u5742\u57CE \u7C73\u4E1C
\u62C9\u8428 \u57CE\u5173 \u5806\u9F99\u5FB7\u5E86 \u8FBE\u5B5C
\u53F0\u5317 \u4E2D\u6B63 \u5927\u540C \u4E2D\u5C71 \u677E\u5C71 \u5927\u5B89 \u4E07\u534E \u4FE1\u4E49 \u58EB\u6797 \u5317\u6295 \u5185\u6E56 \u5357\u6E2F \u6587\u5C71
\u65B0\u5317 \u677F\u6865 \u4E09\u91CD \u4E2D\u548C \u6C38\u548C \u65B0\u5E84 \u65B0\u5E97 \u571F\u57CE \u82A6\u6D32 \u6C50\u6B62 \u6811\u6797 \u6DE1\u6C34
\u6843\u56ED \u6843\u56ED \u4E2D\u575C \u5E73\u9547 \u516B\u5FB7 \u9F9F\u5C71
\u53F0\u4E2D \u897F\u5C6F \u5317\u5C6F \u5357\u5C6F \u4E30\u539F \u5927\u91CC \u592A\u5E73
\u53F0\u5357 \u4E1C \u5B89\u5E73 \u6C38\u5EB7 \u4EC1\u5FB7
\u9AD8\u96C4 \u4E09\u6C11 \u82D3\u96C5 \u524D\u9547 \u5DE6\u8425 \u6960\u6893 \u51E4\u5C71 \u9F13\u5C71
\u9999\u6E2F\u7279\u522B\u884C\u653F\u533A \u4E2D\u897F\u533A \u6E7E\u4ED4 \u5357 \u6CB9\u5C16\u65FA \u6DF1\u6C34\u57D7 \u4E5D\u9F99\u57CE \u9EC4\u5927\u4ED9 \u89C2\u5858 \u8343\u6E7E \u5C6F\u95E8 \u5143\u6717 \u6C99\u7530 \u8475\u9752 \u79BB\u5C9B
`;
var entries = (table) => table.trim().split("\n").map((line) => line.split(" "));
var ended = (name2, ending) => /[市区县州盟旗]$|地区$|林区$/.test(name2) && name2.length > 2 ? name2 : name2 + ending;
function allRegions() {
  const cities = entries(CITIES).flatMap(
    ([province = "", ...names2]) => names2.map((name2) => regionOf({ province, city: ended(name2, "\u5E02") }))
  );
  const provinces = [...new Set(cities.map(({ province }) => province))].map(
    (province) => regionOf({ province })
  );
  const cityOf = new Map(cities.map((region) => [region.city, region]));
  const districts = entries(DISTRICTS).flatMap(([name2 = "", ...names2]) => {
    const { province, city } = cityOf.get(ended(name2, "\u5E02"));
    return names2.map((district) => regionOf({ province, city, district: ended(district, "\u533A") }));
  });
  return [...provinces, ...cities, ...districts];
}
function regionOf({ province, city = "", district = "" }) {
  const level = district ? "district" : city ? "city" : "province";
  return { level, name: district || city || province, province, city, district };
}
var NATIONS = "\u7EF4\u543E\u5C14|\u56DE\u65CF|\u58EE\u65CF|\u85CF\u65CF|\u8499\u53E4\u65CF|\u8499\u53E4(?=\u81EA\u6CBB\u5DDE)|\u671D\u9C9C\u65CF|\u571F\u5BB6\u65CF|\u82D7\u65CF|\u7F8C\u65CF|\u5F5D\u65CF|\u5E03\u4F9D\u65CF|\u4F97\u65CF|\u54C8\u5C3C\u65CF|\u50A3\u65CF|\u767D\u65CF|\u666F\u9887\u65CF|\u5088\u50F3\u65CF|\u67EF\u5C14\u514B\u5B5C|\u54C8\u8428\u514B";
var FORMAL = new RegExp(
  `(?:${NATIONS})*(?:\u7279\u522B\u884C\u653F\u533A|\u81EA\u6CBB\u533A|\u81EA\u6CBB\u5DDE|\u5730\u533A|(?<=\u67B6)\u6797\u533A|\u65B0\u533A|\u77FF\u533A)$|(?:\u56DE\u65CF)?\u533A$|[\u7701\u5E02\u53BF\u76DF]$`
);
var ALWAYS_LONG = /* @__PURE__ */ new Set(["\u963F\u91CC\u5730\u533A", "\u4E1C\u65B9\u5E02", "\u6587\u660C\u5E02", "\u4E07\u5B81\u5E02", "\u5929\u95E8\u5E02"]);
function shortRegion(name2) {
  if (ALWAYS_LONG.has(name2)) return void 0;
  const short = name2.replace(FORMAL, "");
  return short.length > 1 && short !== name2 ? short : void 0;
}

// src/fields/chineseRegionsCut.ts
var names;
function namesBy() {
  const found = /* @__PURE__ */ new Map();
  const add = (text, region, isShort) => {
    const known3 = found.get(text) ?? { text, regions: [], isShort };
    known3.regions.push(region);
    found.set(text, known3);
  };
  const regions = allRegions();
  for (const region of regions) add(region.name, region, false);
  for (const region of regions) {
    const short = shortRegion(region.name);
    if (short) add(short, region, true);
  }
  const byFirst = /* @__PURE__ */ new Map();
  for (const name2 of found.values()) {
    const first = name2.text.slice(0, 1);
    byFirst.set(first, [...byFirst.get(first) ?? [], name2]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.text.length - a.text.length);
  return byFirst;
}
var NOT_A_REGION = /^(?:[东西南北中一二三四五六七八九十]{0,2}(?:路|街|大道|道|大街|巷|弄|胡同|里|村|桥|门|湖|站|公园|广场|小区|花园|苑|大厦|中心|新村|新城|段))/;
var DISTRICT = /^[\u4e00-\u9fff]{1,5}?(?<![小园社校景库住开工])(?:区|县|市|旗)(?!域|间|委|场)/;
var TOWN = /^[\u4e00-\u9fff]{1,5}?(?:街道(?:办事处)?|镇|乡)(?![东南西北中江海路街道村])/;
function cutRegions(text) {
  names ??= namesBy();
  let rest = text.replace(/^(?:中华人民共和国|中国(?!\p{L}{0,3}(?:银行|石|移动|电信|联通)))/u, "");
  rest = rest.replace(/^\d{6}(?=\p{L})/u, "");
  let found = { province: "", city: "", district: "" };
  for (let round = 0; round < 6; round++) {
    const next = step(names, rest, found);
    if (next === void 0) break;
    found = next.found;
    rest = rest.slice(next.length);
  }
  return withTown(withUnknownDistrict(found, rest));
}
function step(all, rest, found) {
  if (/^(?:市辖区|省直辖县级行政区划|自治区直辖县级行政区划)/.test(rest))
    return { found, length: /^[^区划]+[区划]+/.exec(rest)?.[0].length ?? 3 };
  for (const { text, regions, isShort } of all.get(rest.slice(0, 1)) ?? []) {
    if (!rest.startsWith(text)) continue;
    if (isShort && !isRegion(all, rest.slice(text.length))) continue;
    const fitting = regions.filter((region) => fits(region, found));
    const best = isShort ? shortChoice(fitting, found) : fitting;
    if (best.length > 0) return { found: joined(best, found), length: text.length };
  }
  return void 0;
}
function isRegion(all, behind) {
  if (/^[市区县州盟旗]/.test(behind)) return false;
  if (!NOT_A_REGION.test(behind)) return true;
  const next = all.get(behind.slice(0, 1)) ?? [];
  return next.some(({ text, isShort }) => !isShort && behind.startsWith(text));
}
function fits(region, { province, city, district }) {
  if (district !== "") return false;
  if (city !== "" && region.city !== city && region.level !== "province") return false;
  return province === "" || region.province === province;
}
function shortChoice(regions, { city }) {
  const level = ["province", "city", "district"].find(
    (each) => regions.some((one) => one.level === each)
  );
  if (level === "district" && city === "") return [];
  return regions.filter((region) => region.level === level);
}
function joined(regions, found) {
  const same = (part) => {
    const first = regions[0]?.[part] ?? "";
    return regions.every((region) => region[part] === first) ? first : "";
  };
  return {
    province: found.province || same("province"),
    city: found.city || same("city") || cityItself(regions),
    district: same("district")
  };
}
function cityItself([region]) {
  return region?.level === "province" && region.name.endsWith("\u5E02") ? region.name : "";
}
function withUnknownDistrict(found, rest) {
  const district = found.district === "" && found.city !== "" ? DISTRICT.exec(rest)?.[0] ?? "" : "";
  return { ...found, district: found.district || district, rest: rest.slice(district.length) };
}
function withTown(found) {
  const town = found.city || found.district ? TOWN.exec(found.rest)?.[0] ?? "" : "";
  return { ...found, town, rest: found.rest.slice(town.length) };
}

// src/fields/pinyin.ts
var loaded;
function loadSounds() {
  loaded ??= load();
  return loaded;
}
async function load() {
  const { pinyin } = await import("pinyin-pro");
  const read = (text, mode) => pinyin(text, { mode, toneType: "none", type: "array", v: true });
  const surname = remembered((text) => SURNAMES_APART[text] ?? read(text, "surname"));
  const character = remembered((text) => read(text, "normal"));
  return { surname, characters: (text) => [...text].flatMap(character) };
}
var SURNAMES_APART = { \u5355\u4E8E: ["chan", "yu"] };
function remembered(read) {
  const known3 = /* @__PURE__ */ new Map();
  return (text) => {
    const sounds = known3.get(text) ?? read(text);
    known3.set(text, sounds);
    return sounds;
  };
}

// src/fields/simplified.ts
var HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
var loaded2;
function loadSimplified() {
  loaded2 ??= load2();
  return loaded2;
}
async function load2() {
  const { Converter } = await import("opencc-js/t2cn");
  const convert = Converter({ from: "t", to: "cn" });
  const known3 = /* @__PURE__ */ new Map();
  const character = (one) => {
    const simple = known3.get(one) ?? convert(one);
    known3.set(one, simple);
    return simple;
  };
  return {
    text: (text) => HAN.test(text) ? convert(text) : text,
    key: (text) => HAN.test(text) ? Array.from(text, character).join("") : text
  };
}

// src/fields/chineseAddress.ts
var ROAD_ENDS = "(?:\u5927\u9053|\u5927\u8857|\u80E1\u540C|\u516C\u8DEF|\u73AF\u8DEF|\u8DEF|\u8857|\u9053|\u5DF7|\u5F04\u5802|\u91CC\u5F04)";
var ROAD = new RegExp(
  `^\\D{1,14}?${ROAD_ENDS}(?:[\u4E1C\u5357\u897F\u5317\u4E2D]\u6BB5)?(?=\\d)|^\\D{1,12}?${ROAD_ENDS}(?:[\u4E1C\u5357\u897F\u5317\u4E2D]\u6BB5)?`
);
var NUMBER = /^(?:门牌)?(\d+(?:-\d+)?[a-z]?)(?:弄|号院|号(?!楼|院))/;
var ANY_NUMBER = /(\d+(?:-\d+)?[a-z]?)(?:弄|号院|号(?!楼|院))/;
var BUILDING = /([a-z]?\d{1,4}[a-z]?|[a-z])(?:号楼|栋|幢|座|楼(?=\d{3})|号(?=\d))/;
var UNIT = /(\d+|[a-z])(?:单元|门(?!牌))/;
var ROOM = /(\d{1,5}[a-z]?)(?:室|房|号房|户|号)?$/;
var FLOOR = /(\d+)(?:层|楼)/;
var NUMERALS = "\u3007\u96F6\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D";
var COUNTED = /[〇零一二三四五六七八九十百]+(?=(?:号|栋|幢|座|单元|室|层|楼|弄|户|房|#))/g;
function numberOf(text) {
  if (!/[十百]/.test(text)) return [...text].map((each) => Math.max(0, NUMERALS.indexOf(each) - 1)).join("");
  let [sum, digit] = [0, 0];
  for (const each of text) {
    const value = Math.max(0, NUMERALS.indexOf(each) - 1);
    if (each !== "\u5341" && each !== "\u767E") digit = value;
    else {
      sum += (digit === 0 ? 1 : digit) * (each === "\u5341" ? 10 : 100);
      digit = 0;
    }
  }
  return String(sum + digit);
}
function plainAddress(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s,，、。;；:：()（）【】[\]"“”]+/g, "").replace(/[—–－_~至之](?=\d)/g, "-").replace(COUNTED, numberOf).replace(/(\d)#(?:楼|栋|幢)?/g, "$1\u680B").replace(/#/g, "");
}
function chineseAddress(text) {
  const cut = cutRegions(plainAddress(text));
  return { province: cut.province, city: cut.city, district: cut.district, ...street(cut) };
}
function street({ rest, town }) {
  const parts = { road: "", number: "", estate: "", building: "", unit: "", room: "" };
  let left = rest;
  const take = (part, pattern) => {
    const found = pattern.exec(left);
    if (!found) return;
    parts[part] = (found[1] ?? found[0]).replace(/^0+(?=\d)/, "");
    left = `${left.slice(0, found.index)}|${left.slice(found.index + found[0].length)}`.replace(/^\|/, "");
  };
  take("road", ROAD);
  take("number", parts.road === "" && !BUILDING.test(left) ? ANY_NUMBER : NUMBER);
  if (!BUILDING.test(left)) left = withDashes(left);
  take("building", BUILDING);
  take("unit", UNIT);
  take("room", ROOM);
  if (parts.room === "") take("room", FLOOR);
  else left = left.replace(FLOOR, "");
  return { town, ...parts, estate: left.replace(/[|-]/g, "") };
}
var withDashes = (text) => text.replace(/(?<!\d)([a-z]?\d{1,3})-(\d{1,2})-(\d{3,4})(?:室|号)?$/, "$1\u680B$2\u5355\u5143$3").replace(/(?<!\d)([a-z]?\d{1,3})-(\d{3,4})(?:室|号)?$/, "$1\u680B$2");
async function loadChineseAddresses() {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()]);
  const read = (text) => chineseAddress(simplified.key(text.normalize("NFKC")));
  return { read, key: (text) => addressKey(read(text), sounds) };
}
function addressKey({ road, number, estate, building, unit, room }, sounds) {
  const heard = (text) => sounds.characters(text).join("");
  return [heard(road), number, heard(estate), building, unit, room].filter((part) => part !== "").join(" ");
}

// src/fields/chineseCompany.ts
var FORM = /(?:集团)?(?:股份有限公司|有限责任公司|股份合作公司|控股有限公司|投资有限公司|有限公司|股份公司|总公司|公司|集团|控股|个人独资企业|普通合伙企业|有限合伙企业|合伙企业|合作社|经营部|工作室|商行)$/;
var IN_BRACKETS = /\(([^)]*)\)/g;
var BRANCH = /^(.*(?:公司|集团))(.{2,8}?)(?:第[一二三四五六七八九十\d]+)?(?:分公司|分店|营业部|办事处|分部|分行)$/;
var ASIDE = /^(?:中国|有限合伙|普通合伙|集团|控股|特殊普通合伙)$/;
function chineseCompany(text) {
  const plain = text.normalize("NFKC").replace(/[\s·"“”'‘’]+/g, "");
  if (!/[\u3400-\u9fff]{2}/.test(plain)) return void 0;
  const asides = [];
  const bare2 = plain.replace(IN_BRACKETS, (_, aside2) => {
    if (!ASIDE.test(aside2)) asides.push(aside2);
    return "";
  });
  const branch = BRANCH.exec(bare2);
  const whole3 = branch?.[1] ?? bare2;
  const { name: named, form } = withoutForms(whole3);
  if (form === "" && branch === null) return void 0;
  const front = placeIn(named);
  const aside = asides.map(placeIn).find(({ place }) => place !== "");
  const extra = asides.filter((each) => placeIn(each).place === "").join("");
  return {
    place: front.place || (aside?.place ?? ""),
    name: front.rest + extra,
    form,
    branch: branch?.[2] ?? ""
  };
}
function withoutForms(text) {
  let [name2, form] = [text, ""];
  for (let found = FORM.exec(name2); found && found.index > 1; found = FORM.exec(name2)) {
    form = found[0] + form;
    name2 = name2.slice(0, found.index);
  }
  return { name: name2, form };
}
function placeIn(text) {
  const { province, city, town, rest } = cutRegions(text);
  const [place, tail] = [city || province, town + rest];
  return place === "" || tail.length === 1 ? { place: "", rest: text } : { place, rest: tail };
}
async function loadChineseCompanies() {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()]);
  const read = (text) => chineseCompany(simplified.key(text.normalize("NFKC")));
  const heard = (text) => sounds.characters(text.toLowerCase()).join("");
  return {
    read,
    key: (text) => {
      const company = read(text);
      if (company === void 0) return text;
      return [heard(company.name || company.place), heard(company.branch)].filter(Boolean).join(" ");
    }
  };
}

// src/fields/chineseName.ts
var COMPOUND = new Set(
  "\u6B27\u9633 \u592A\u53F2 \u7AEF\u6728 \u4E0A\u5B98 \u53F8\u9A6C \u4E1C\u65B9 \u72EC\u5B64 \u5357\u5BAB \u4E07\u4FDF \u95FB\u4EBA \u590F\u4FAF \u8BF8\u845B \u5C09\u8FDF \u516C\u7F8A \u8D6B\u8FDE \u6FB9\u53F0 \u7687\u752B \u5B97\u653F \u6FEE\u9633 \u516C\u51B6 \u592A\u53D4 \u7533\u5C60 \u516C\u5B59 \u6155\u5BB9 \u4EF2\u5B59 \u949F\u79BB \u957F\u5B59 \u5B87\u6587 \u53F8\u5F92 \u9C9C\u4E8E \u53F8\u7A7A \u95FE\u4E18 \u5B50\u8F66 \u4E93\u5B98 \u53F8\u5BC7 \u5DEB\u9A6C \u516C\u897F \u989B\u5B59 \u58E4\u9A77 \u516C\u826F \u6F06\u96D5 \u4E50\u6B63 \u5BB0\u7236 \u8C37\u6881 \u62D3\u8DCB \u5939\u8C37 \u8F69\u8F95 \u4EE4\u72D0 \u6BB5\u5E72 \u767E\u91CC \u547C\u5EF6 \u4E1C\u90ED \u5357\u95E8 \u7F8A\u820C \u5FAE\u751F \u516C\u6237 \u516C\u7389 \u6881\u4E18 \u5DE6\u4E18 \u4E1C\u95E8 \u897F\u95E8 \u7B2C\u4E94 \u5355\u4E8E \u7231\u65B0\u89C9\u7F57 \u53F6\u8D6B\u90A3\u62C9".split(" ")
);
var SINGLE = new Set(
  "\u738B\u674E\u5F20\u5218\u9648\u6768\u9EC4\u8D75\u5434\u5468\u5F90\u5B59\u9A6C\u6731\u80E1\u90ED\u4F55\u6797\u9AD8\u7F57\u90D1\u6881\u8C22\u5B8B\u5510\u8BB8\u97E9\u9093\u51AF\u66F9\u5F6D\u66FE\u8427\u8096\u7530\u8463\u6F58\u8881\u8521\u848B\u4F59\u4E8E\u675C\u53F6\u7A0B\u9B4F\u82CF\u5415\u4E01\u4EFB\u5362\u59DA\u6C88\u949F\u59DC\u5D14\u8C2D\u9646\u8303\u6C6A\u5ED6\u77F3\u91D1\u97E6\u8D3E\u590F\u4ED8\u5085\u65B9\u90B9\u718A\u767D\u5B5F\u79E6\u90B1\u4E18\u4FAF\u6C5F\u5C39\u859B\u95EB\u960E\u96F7\u9F99\u9ECE\u53F2\u9676\u8D3A\u6BDB\u6BB5\u90DD\u987E\u9F9A\u90B5\u4E07\u8983\u6B66\u94B1\u6234\u4E25\u83AB\u5B54\u5411\u5E38\u6C64\u5EB7\u6613\u4E54\u8D56\u6587\u5E9E\u6A0A\u5170\u6BB7\u65BD\u6D2A\u7FDF\u5B89\u989C\u502A\u725B\u6E29\u82A6\u5B63\u4FDE\u7AE0\u9C81\u845B\u4F0D\u7533\u5C24\u6BD5\u8042\u67F4\u7126\u5411\u67F3\u90A2\u5CB3\u9F50\u6885\u83AB\u5E84\u8F9B\u7BA1\u795D\u5DE6\u6D82\u8C37\u7941\u803F\u8A79\u5173\u82D7\u51CC\u8D39\u7EAA\u9773\u76DB\u7AE5\u6B27\u7504\u9879\u66F2\u6210\u6E38\u9633\u88F4\u5E2D\u536B\u67E5\u5C48\u9C8D\u4F4D\u8983\u970D\u7FC1\u968B\u690D\u7518\u666F\u8584\u5355\u5305\u53F8\u67CF\u5B81\u67EF\u962E\u6842\u95F5\u89E3\u5F3A\u4E1B\u534E\u8F66\u5189\u623F\u8FB9\u8F9C\u5409\u9976\u5201\u77BF\u621A\u4E18\u53E4\u7C73\u6C60\u6ED5\u664B\u82D1\u90AC\u81E7\u7545\u5BAB\u6765\u5D7A\u82DF\u5168\u891A\u5EC9\u7B80\u5A04\u76D6\u7B26\u595A\u6728\u7A46\u515A\u71D5\u90CE\u90B8\u5180\u8C08\u59EC\u5C60\u8FDE\u90DC\u664F\u683E\u90C1\u5546\u8499\u8BA1\u55BB\u63ED\u7AA6\u8FDF\u5B87\u6556\u7CDC\u9122\u51B7\u5353\u82B1\u4EC7\u827E\u84DD\u90FD\u5DE9\u7A3D\u909D\u90D7\u4EF2\u4F0A\u5BA3\u90B4\u4E50\u8346\u97A0\u4E30\u5BC7\u5E7F\u7984\u9619\u4E1C\u6BB3\u6C83\u5229\u851A\u8D8A\u5914\u9686\u5E08\u538D\u6641\u52FE\u878D\u8A3E\u961A\u90A3\u7A7A\u66FE\u6BCB\u6C99\u4E5C\u517B\u987B\u5DE2\u84AF\u76F8\u540E\u7EA2\u7AFA\u6743\u902F\u9EBB\u5E93\u54C8\u8C2F\u7B2A\u5E74\u7231\u4F5F\u8A00\u798F\u66B4\u65F6\u6D82\u533A\u539F\u4EDD\u5170\u607D\u5DF4\u8FED\u4F58\u695A\u7F2A\u80E5\u5371\u5B97\u52B3\u660E\u548C\u76AE\u5E94\u5A25\u8305\u7AF9\u8339\u8D21\u5BCC\u5D07\u4E95\u9146\u5DEB\u7109\u5F13\u7267\u9697\u5C71\u9102\u7D22\u54B8\u7C4D\u5BBF\u95FB\u8398\u7FE6\u9004\u5835\u6851\u6FEE\u6248\u90CF\u6D66\u5C1A\u519C\u522B\u74A9\u6851\u53CC\u614E\u51BC\u5E78\u5360\u96CD\u5458\u82F1\u666E\u6D1B\u5C55\u6D12\u8863\u5C55\u4FDD\u8F66\u5357\u897F\u95E8\u82CD\u8BF8\u79CD\u4F46\u5370\u963F".split(
    ""
  )
);
var HONORIFIC = /(?:先生|女士|小姐|太太|夫人|老师|同志|经理|总经理|老板|医生|大夫|教授|博士|师傅|阿姨|叔叔|律师|主任|同学|收|总)+$/;
var SHORT_HONORIFIC = /[收总]$/;
var HAN_ONLY = /^[\u3400-\u9fff\uf900-\ufaff〇]+$/;
var BETWEEN = /[·•・‧∙．.]/;
function chineseName(text) {
  const closed2 = closedName(text);
  const { name: name2, honorific } = withoutHonorific(closed2);
  if (BETWEEN.test(name2)) return nameOfTwo(name2, honorific);
  if (!HAN_ONLY.test(name2) || name2.length > 7) return void 0;
  const surname = surnameOf(name2);
  return { surname, given: name2.slice(surname.length), honorific };
}
var closedName = (text) => text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, "").replace(/[（(].*?[)）]$/, "");
function withoutHonorific(name2) {
  const found = HONORIFIC.exec(name2)?.[0] ?? "";
  const bare2 = name2.slice(0, name2.length - found.length);
  if (bare2 === "" || !HAN_ONLY.test(bare2)) return { name: name2, honorific: "" };
  const isName = found.length === 1 && SHORT_HONORIFIC.test(found) && surnameOf(bare2) !== bare2;
  return isName ? { name: name2, honorific: "" } : { name: bare2, honorific: found };
}
function nameOfTwo(name2, honorific) {
  const [given = "", ...rest] = name2.split(BETWEEN);
  return HAN_ONLY.test(given) ? { surname: rest.join(""), given, honorific } : void 0;
}
function surnameOf(name2) {
  for (const length of [4, 2]) if (COMPOUND.has(name2.slice(0, length))) return name2.slice(0, length);
  return name2.slice(0, 1);
}
async function loadChineseNames() {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()]);
  const read = (text) => {
    const name2 = chineseName(simplified.key(text.normalize("NFKC")));
    return name2 && withSounds(name2, sounds);
  };
  return {
    read,
    key: (text) => {
      const name2 = read(text);
      return name2 ? [name2.surnameSound, name2.givenSounds.join("")].filter(Boolean).join(" ") : text;
    }
  };
}
function withSounds(name2, sounds) {
  const surname = name2.surname.length > 2 ? sounds.characters(name2.surname) : sounds.surname(name2.surname);
  return { ...name2, surnameSound: surname.join(""), givenSounds: sounds.characters(name2.given) };
}
function compareChineseNames(one, other2) {
  if (one.surname === other2.surname && one.given === other2.given) return "equal";
  const sameSurname = one.surnameSound === other2.surnameSound;
  if (!sameSurname) return "other";
  if (one.given === "" || other2.given === "") return one.surname === other2.surname ? "surname" : "other";
  if (sameList(one.givenSounds, other2.givenSounds)) return "homophone";
  return isNear(one, other2) ? "near" : "other";
}
var sameList = (one, other2) => one.length === other2.length && one.every((sound, i) => sound === other2[i]);
function isNear(one, other2) {
  if (sameList(one.givenSounds.map(dialect), other2.givenSounds.map(dialect))) return true;
  const [shorter, longer2] = [one.given, other2.given].sort((a, b) => a.length - b.length);
  if (longer2.length !== 2) return false;
  return shorter.length === 2 ? [...longer2].some((character, i) => character === shorter[i]) : longer2.includes(shorter);
}
var dialect = (sound) => sound.replace(/^([zcs])h/, "$1").replace(/^[lr]/, "n").replace(/^f/, "h").replace(/([aei])ng$/, "$1n");

// src/core/sql.ts
function sql(strings, ...values) {
  const pieces = [];
  strings.forEach((text, i) => {
    if (text !== "") pieces.push(text);
    const value = values[i];
    if (i < values.length) pieces.push(...piecesOf(value));
  });
  return { pieces };
}
function piecesOf(value) {
  if (value === null) return ["null"];
  if (typeof value === "string") return [{ literal: value }];
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`sql requires finite numbers, got ${value}`);
    return [String(value)];
  }
  return value.pieces;
}

// src/fields/text.ts
var SPACES = " 	\r\n\x85\xA0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u200E\u200F\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF";
var LETTERS = "abcdefghijklmnopqrstuvwxyz";
var WIDE_LETTERS = "\uFF41\uFF42\uFF43\uFF44\uFF45\uFF46\uFF47\uFF48\uFF49\uFF4A\uFF4B\uFF4C\uFF4D\uFF4E\uFF4F\uFF50\uFF51\uFF52\uFF53\uFF54\uFF55\uFF56\uFF57\uFF58\uFF59\uFF5A";
var WIDE = `\uFF10\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19\uFF0E\uFF0C\uFF0D\uFF0B\uFF08\uFF09\uFF0F\uFF1A\uFF05\uFF04${WIDE_LETTERS}`;
var NARROW = `0123456789.,-+()/:%$${LETTERS}`;
var FANCY = "\xA0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000\u2010\u2011\u2012\u2013\u2212\u2018\u2019\u02BC";
var PLAIN = `${" ".repeat(15)}-----'''`;
var INVISIBLE = "\u200B\u200E\u200F\u2060\uFEFF";
var NOTHING_AROUND = `^[^${SPACES}](?:.*[^${SPACES}])?$`;
var AROUND = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "g");
function trimmedText(value) {
  return /^[!-~]*$/.test(value) ? value : value.replace(AROUND, "");
}
var plainCharacters = new Map(
  [...WIDE + FANCY + INVISIBLE].map((from, i) => [from, [...NARROW + PLAIN][i] ?? ""])
);
function plainText(value) {
  const text = trimmedText(value);
  if (/^[ -~]*$/.test(text)) return text;
  return [...text].map((character) => plainCharacters.get(character) ?? character).join("");
}
function folded(word) {
  return word.normalize("NFKC").toLowerCase().replace(/[\s_-]+/g, " ").trim();
}
function isBlank(value) {
  return trimmedText(value) === "";
}

// src/fields/dateforms.ts
var HOUR = "(?:[01]?[0-9]|2[0-4])";
var SECONDS = "(?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?";
var CLOCK = `${HOUR}:[0-5][0-9]${SECONDS}(?: ?[ap]\\.?m\\.?)?`;
var CHINESE_CLOCK = `${HOUR} ?[\u65F6\u6642\u70B9\u9EDE](?: ?[0-5]?[0-9] ?\u5206?(?: ?[0-5]?[0-9] ?\u79D2)?)?`;
var DAYTIME = "(?:\u4E0A\u5348|\u4E0B\u5348|\u51CC\u6668|\u65E9\u4E0A|\u4E2D\u5348|\u665A\u4E0A|\u5348\u524D|\u5348\u5F8C|\uC624\uC804|\uC624\uD6C4|[ap]\\.?m\\.?)";
var WEEKDAY = "\\(?(?:\u661F\u671F|\u5468|\u9031|\u793C\u62DC)[\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u65E5\u5929]\\)?";
var ZONE_NAMES = "utc|gmt|z|[ecmp][sd]t|bst|cet|cest|eet|eest|wet|west|msk|ist|jst|kst|hkt|sgt|ae[sd]t";
var ZONE = `(?: ?(?:(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-5][0-9])?|${ZONE_NAMES})(?: \\([^()]*\\))?)`;
var tails = {
  none: "",
  clock: `(?:(?:,? +|t)(?<t>${CLOCK}))?`,
  any: `(?:,? *(?<w>${WEEKDAY}))?(?:(?:,? +(?<a>at +)?(?:(?<p>${DAYTIME}) ?)?|t)(?<t>${CLOCK}|${CHINESE_CLOCK})(?<z>${ZONE})?)?`
};
var CHINESE_TAIL = `(?: *(?<w>${WEEKDAY}))?(?:(?:,? *(?:(?<p>${DAYTIME}) ?)?|t)(?<t>${CLOCK}|${CHINESE_CLOCK})(?<z>${ZONE})?)?`;
var YEAR = "(?<y>[1-9][0-9]{3})";
var ANY_YEAR = "(?<y>[0-9]{2}(?:[0-9]{2})?)";
var MONTH = "(?<m>[0-9]{1,2})";
var DAY = "(?<d>[0-9]{1,2})";
var separators = { "-": " ?- ?", "/": " ?/ ?", ".": " ?\\. ?" };
function separated(separator) {
  const written = (...parts) => {
    const date = parts.join(separators[separator]);
    return (tail) => `^${date}${tail}$`;
  };
  return {
    [`year-first ${separator}`]: { pattern: written(YEAR, MONTH, DAY) },
    [`day-first ${separator}`]: { pattern: written(DAY, MONTH, ANY_YEAR), order: "dmy" },
    [`month-first ${separator}`]: { pattern: written(MONTH, DAY, ANY_YEAR), order: "mdy" },
    [`short-year-first ${separator}`]: { pattern: written("(?<y>[0-9]{2})", MONTH, DAY), order: "ymd" }
  };
}
var COMPACT_DATE = "(?<y>19[0-9]{2}|20[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2})";
var COMPACT_CLOCK = "[ t]?(?<t>[01][0-9][0-5][0-9][0-5][0-9]|2[0-3][0-5][0-9][0-5][0-9])(?:\\.[0-9]{1,9})?";
var CHINESE_DATE = "^(?<y>[0-9]{2}(?:[0-9]{2})?) ?[\u5E74\uB144] ?(?<m>[0-9]{1,2}) ?[\u6708\uC6D4] ?(?<d>[0-9]{1,2})";
var monthWords = [
  "jan january januar j\xE4nner jaenner janvier janv enero ene",
  "feb february februar feber f\xE9vrier fevrier f\xE9vr fevr f\xE9v febrero",
  "mar march m\xE4rz maerz m\xE4r mrz mars marzo",
  "apr april avril avr abril abr",
  "may mai mayo",
  "jun june juni juin junio",
  "jul july juli juillet juil julio",
  "aug august ao\xFBt aout agosto ago",
  "sep sept september septembre septiembre setiembre",
  "oct october okt oktober octobre octubre",
  "nov november novembre noviembre",
  "dec december dez dezember d\xE9cembre decembre d\xE9c dic diciembre"
];
var months = new Map(
  monthWords.flatMap((words5, i) => words5.split(" ").map((word) => [word, i + 1]))
);
var NAME = "(?<m>\\p{L}{3,10})";
var ORDINAL = "(?:st|nd|rd|th|er|\\.|\xBA)?";
var ENGLISH_DAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? +";
var SECONDS_PER_DAY = 86400;
var YEAR_2040 = 2208988800;
function unixTime(digits, perSecond) {
  const counts = {
    perDay: SECONDS_PER_DAY * perSecond,
    origin: 0,
    from: 10 ** (digits - 1),
    below: YEAR_2040 * perSecond
  };
  return { pattern: () => `^(?<n>[0-9]{${digits}})(?:\\.(?<f>[0-9]{1,9}))?$`, counts };
}
var serial = {
  pattern: () => "^(?<n>[2-8][0-9]{4})(?:[.,](?<f>[0-9]{1,15}))?$",
  counts: { perDay: 1, origin: -25569, from: 2e4, below: 80001 }
};
var forms = {
  ...separated("-"),
  ...separated("/"),
  ...separated("."),
  chinese: { pattern: () => `${CHINESE_DATE}(?: ?[\u65E5\u53F7\u865F\uC77C]${CHINESE_TAIL})?$` },
  compact: {
    pattern: (tail) => `^${COMPACT_DATE}${tail}$`
  },
  "compact time": {
    pattern: () => `^${COMPACT_DATE}${COMPACT_CLOCK}(?<z>${ZONE})?$`
  },
  "day month-name": {
    pattern: (tail) => `^(?:${ENGLISH_DAY})?${DAY}${ORDINAL}(?: +(?:of|de|del) +| ?[-/.,]? ?)${NAME}\\.?,?(?: +(?:de|del) +| ?[-/]? ?)${ANY_YEAR}${tail}$`
  },
  "month-name day": {
    pattern: (tail) => `^(?:${ENGLISH_DAY})?${NAME}\\.?(?: ?[-/]? ?)${DAY}${ORDINAL}(?:,? +|,| ?[-/] ?)${ANY_YEAR}${tail}$`
  },
  "year month-name": { pattern: (tail) => `^${YEAR}[-/ .]?${NAME}\\.?[-/ .]?${DAY}${tail}$` },
  "year at the end": {
    pattern: () => `^(?:${ENGLISH_DAY})${NAME} +${DAY} +(?<t>${CLOCK})(?<z>${ZONE})? +${YEAR}$`
  },
  "unix seconds": unixTime(10, 1),
  "unix milliseconds": unixTime(13, 1e3),
  "unix microseconds": unixTime(16, 1e6),
  serial
};
var formOf = (form) => forms[form];
var formNames = Object.keys(forms);
var orderOf = (form) => formOf(form).order;
var isCounted = (form) => formOf(form).counts !== void 0;
var compiled = /* @__PURE__ */ new Map();
function regexpOf(form, tail) {
  const key = `${form}|${tail}`;
  const known3 = compiled.get(key);
  if (known3) return known3;
  const regexp = new RegExp(formOf(form).pattern(tails[tail]), "iu");
  compiled.set(key, regexp);
  return regexp;
}
function readAs(form, text, tail) {
  const groups2 = regexpOf(form, tail).exec(text)?.groups;
  if (!groups2) return void 0;
  const { counts } = formOf(form);
  const day = counts ? countedDay(counts, Number(groups2["n"])) : writtenDay(groups2);
  if (day === void 0) return void 0;
  return { form, day, ...timeOf(groups2, counts) };
}
function timeOf({ t, z, w, p, a, f }, counts) {
  const wordy = [z, w, p, a].some((group) => group !== void 0) || /[时時点點]/.test(t ?? "");
  const tail = wordy ? "any" : t === void 0 ? "none" : "clock";
  const hasTime = counts ? counts.perDay > 1 || f !== void 0 : t !== void 0;
  return { tail, hasTime, hasOffset: z !== void 0 };
}
function countedDay({ perDay, origin, from, below }, count) {
  return count >= from && count < below ? Math.floor(count / perDay) + origin : void 0;
}
function writtenDay({ y, m: m2, d }) {
  const month = /^\d/.test(m2 ?? "") ? Number(m2) : months.get((m2 ?? "").toLowerCase());
  if (month === void 0) return void 0;
  const two = (part) => String(part).padStart(2, "0");
  const year = wholeYear(y ?? "");
  return year < "1000" ? void 0 : parseDay(`${year}-${two(month)}-${two(d)}`);
}
function wholeYear(year) {
  return year.length === 2 ? (year < "70" ? "20" : "19") + year : year;
}

// src/fields/seen.ts
function weightOf(seen) {
  return seen.reduce((total, { count }) => total + count, 0);
}
function firstOf(seen) {
  return seen.reduce(
    (first, each) => first === void 0 || each.line < first.line ? each : first,
    void 0
  );
}
function examplesOf(seen) {
  return [...seen].sort((a, b) => b.count - a.count || a.line - b.line).slice(0, 5);
}

// src/fields/date.ts
var ISO2 = /^([1-9]\d{3})([-/])(\d\d)\2(\d\d)$/;
var ISO_TIME = /^([1-9]\d{3})(-)(\d\d)-(\d\d)[ T](?!24)(?:[01]\d|2[0-3]|[ \t\n\v\f\r]\d):[0-5]\d:(?:[0-5]\d|\d[ .Z])$/;
function readIso(value) {
  const time = value.length > 10;
  const match2 = (time ? ISO_TIME : ISO2).exec(value);
  const day = match2 ? parseDay(`${match2[1]}-${match2[3]}-${match2[4]}`) : void 0;
  if (day === void 0) return void 0;
  return { form: "year-first -", day, tail: "none", hasTime: time, hasOffset: false };
}
function weighed(seen) {
  const iso = readIso(seen.value);
  if (iso) return { seen, iso: true, readings: [iso] };
  const text = plainText(seen.value);
  const readings = /\d/.test(text) ? formNames.flatMap((form) => readAs(form, text, "any") ?? []) : [];
  return { seen, iso: false, readings };
}
var readingIn = ({ readings }, order) => readings.find(({ form }) => orderOf(form) === void 0 || orderOf(form) === order);
var weight = (values) => weightOf(values.map(({ seen }) => seen));
function dateStyle(seen, given) {
  const present = seen.filter(({ value }) => !isBlank(value)).map(weighed);
  const values = withoutStrayNumbers(present);
  const { order, rivals, ...found } = orderFrom(values, given);
  const read = values.filter((value) => readingIn(value, order));
  const readings = read.flatMap((value) => readingIn(value, order) ?? []);
  const readable = order === void 0 ? values.filter((value) => rivals.some((each) => readingIn(value, each))) : read;
  const unread = values.filter((value) => !readable.includes(value));
  return {
    share: present.length === 0 ? 0 : weight(readable) / weight(present),
    order,
    ...found,
    ...rivals.length > 1 ? hintOf(values, rivals) : {},
    unread: examplesOf(unread.map((value) => value.seen)),
    forms: formsOf(read, order),
    tail: longestTail(readings),
    tidy: read.every(({ iso, seen: { value } }) => iso || value === plainText(value)),
    hasTime: readings.some((reading) => reading.hasTime),
    hasOffset: readings.some((reading) => reading.hasOffset),
    iso: present.length > 0 && present.every((value) => value.iso),
    counted: readings.some(({ form }) => isCounted(form))
  };
}
function withoutStrayNumbers(values) {
  const total = weight(values);
  const usual = formNames.filter(
    (form) => isCounted(form) && 2 * weight(values.filter(({ readings }) => readings.some((each) => each.form === form))) >= total
  );
  return values.map((value) => ({
    ...value,
    readings: value.readings.filter(({ form }) => !isCounted(form) || usual.includes(form))
  }));
}
function formsOf(values, order) {
  const counts = /* @__PURE__ */ new Map();
  for (const value of values) {
    const form = value.iso ? "iso" : readingIn(value, order)?.form;
    if (form) counts.set(form, (counts.get(form) ?? 0) + value.seen.count);
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([form]) => form);
  return [...byCount.filter((form) => form === "iso"), ...byCount.filter((form) => form !== "iso")];
}
function longestTail(readings) {
  if (readings.some(({ tail }) => tail === "any")) return "any";
  return readings.some(({ tail }) => tail === "clock") ? "clock" : "none";
}
var orders = ["ymd", "dmy", "mdy"];
function orderFrom(values, given) {
  const open = values.filter(
    ({ readings }) => readings.length > 0 && readings.every(({ form }) => orderOf(form) !== void 0)
  );
  if (open.length === 0) return { order: given ?? "ymd", rivals: [] };
  const weights = orders.map((order2) => weight(open.filter((value) => readingIn(value, order2))));
  const best = orders.filter((_, i) => weights[i] === Math.max(...weights));
  const contradiction = contradictionIn(open);
  const contradicted = contradiction ? { contradiction } : {};
  if (given) return { order: given, rivals: [], ...contradicted };
  const [order] = best;
  if (order === void 0 || best.length > 1) {
    const ambiguous = firstOf(
      open.filter((value) => best.every((each) => readingIn(value, each))).map(({ seen }) => seen)
    );
    return { order: void 0, rivals: best, ...contradicted, ...ambiguous ? { ambiguous } : {} };
  }
  const proof = proofOf(
    open,
    order,
    orders.filter((_, i) => weights[i] === secondLargest(weights))
  );
  return { order, rivals: [], ...contradicted, ...proof ? { proof } : {} };
}
var secondLargest = (weights) => [...weights].sort((a, b) => b - a)[1];
function proofOf(values, order, nearest) {
  const without = (others) => firstOf(
    values.filter((value) => readingIn(value, order) && others.every((other2) => !readingIn(value, other2))).map(({ seen }) => seen)
  );
  return without(orders.filter((other2) => other2 !== order)) ?? without(nearest.slice(0, 1));
}
function contradictionIn(values) {
  const firsts = /* @__PURE__ */ new Map();
  for (const value of values) {
    const key = orders.filter((order) => readingIn(value, order)).join();
    const known3 = firsts.get(key);
    firsts.set(key, known3 && known3.line < value.seen.line ? known3 : value.seen);
  }
  const kinds = [...firsts].sort((a, b) => a[1].line - b[1].line);
  for (const [orders2, second] of kinds) {
    const rival = kinds.find(
      ([orders1]) => !orders1.split(",").some((order) => orders2.split(",").includes(order))
    );
    if (rival) return rival[1].line < second.line ? [rival[1], second] : [second, rival[1]];
  }
  return void 0;
}
function hintOf(values, rivals) {
  const byLine = [...values].sort((a, b) => a.seen.line - b.seen.line);
  const steady = rivals.map((order) => {
    const days = byLine.flatMap((value) => readingIn(value, order)?.day ?? []);
    const steps = days.slice(1).map((day, i) => Math.sign(day - days[i]));
    return Math.abs(steps.reduce((total, step2) => total + step2, 0));
  });
  const most = Math.max(...steady);
  const [sorted, ...others] = rivals.filter((_, i) => steady[i] === most);
  return sorted !== void 0 && others.length === 0 ? { sorted } : {};
}
function readDay(value, { forms: forms2, tail, tidy }) {
  const iso = forms2.includes("iso") ? readIso(value) : void 0;
  if (iso) return iso.day;
  const text = tidy ? value : plainText(value);
  for (const form of forms2) {
    const day = form === "iso" ? void 0 : readAs(form, text, tail)?.day;
    if (day !== void 0) return day;
  }
  return void 0;
}
var stragglers = ["year-first -", "year-first /", "year-first .", "chinese", "compact"];
function withStragglers(style) {
  const own = ["-", "/", "."].map(
    (separator) => style.order === "dmy" ? `day-first ${separator}` : style.order === "mdy" ? `month-first ${separator}` : void 0
  );
  const usual = [...own.flatMap((form) => form ?? []), "iso", ...stragglers];
  const forms2 = [.../* @__PURE__ */ new Set([...style.forms, ...usual])];
  return { forms: forms2, tail: "any", tidy: false, hasTime: style.hasTime };
}

// src/fields/id.ts
var WRAPPED = `^(?:="([^"]*)"|"([^"]*)"|'(.*?)'?)$`;
var wrapped = new RegExp(WRAPPED, "s");
var OPEN = `^[^="'${SPACES}](?:.*[^${SPACES}])?$`;
function readId(value) {
  const id = trimmedText(trimmedText(value).replace(wrapped, "$1$2$3"));
  return id === "" ? void 0 : id;
}
function readCode(value) {
  const code = (readId(value) ?? "").normalize("NFKC").toUpperCase();
  return code.replace(/\s/g, "");
}
var MASKED = "^##|^\\$\\$|[*\uFF0A\u2022\u25CF]{2,}|[\u4E00-\u9FFF][*\uFF0A]|[*\uFF0A][\u4E00-\u9FFF]";
var masked = new RegExp(MASKED, "u");
function isMasked(value) {
  return masked.test(trimmedText(value));
}
var WORDS = [
  ...[
    "null",
    "nan",
    "na",
    "n/a",
    "#n/a",
    "nil",
    "none",
    "\\n",
    "undefined",
    "(not set)",
    "(blank)",
    "(none)"
  ],
  ...["unknown", "anonymous", "guest", "\u65E0", "\u533F\u540D", "\u533F\u540D\u7528\u6237", "\u533F\u540D\u4E70\u5BB6", "\u6E38\u5BA2", "\u672A\u77E5", "\u7A7A", "\u6682\u65E0"]
];
function placeholderPattern(also) {
  const words5 = [...WORDS, ...also].map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return `^[${SPACES}]*(?:${words5.join("|")}|[-\u2013\u2014]+|guest@[^@]*)[${SPACES}]*$`;
}
var compiled2 = /* @__PURE__ */ new Map();
function isPlaceholder(value, also = []) {
  const key = also.join("\0");
  const regexp = compiled2.get(key) ?? new RegExp(placeholderPattern(also), "iu");
  compiled2.set(key, regexp);
  return regexp.test(value);
}
var DAMAGED = "^[1-9](?:[.,][0-9]+)?E\\+[0-9]{2}$";
var damaged = new RegExp(DAMAGED);
function isDamagedId(value) {
  return damaged.test(trimmedText(value));
}

// src/fields/phone.ts
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString
} from "libphonenumber-js/max";
function readPhone(value, country) {
  const number = bareNumber(value);
  return number === "" ? void 0 : plainNumber(number, country) ?? numberByLibrary(number, country);
}
function bareNumber(value) {
  if (/^\+?\d{7,15}$/.test(value)) return value;
  const text = plainText(readId(value) ?? "").replace(/^(?:tel|phone|mobile|电话|手机)[:：]\s*/i, "").replace(/^(\+?\d{7,})\.0$/, "$1");
  return text.length > 40 || !/^[+(\d]/.test(text) ? "" : text.replace(/^00(?=[1-9]\d{7})/, "+");
}
var countryCodeOf = (country) => {
  const code = country?.toUpperCase();
  return code !== void 0 && isSupportedCountry(code) ? code : void 0;
};
var EXTENSION = /^(.*\d)\s*(?:[-–/]|转|轉|分机|#)\s*(\d{1,6})$/;
function numberByLibrary(number, country) {
  const whole3 = parsed(number, country);
  if (whole3) return whole3;
  const match2 = EXTENSION.exec(number);
  const main = match2 ? parsed(match2[1], country) : void 0;
  return main && !main.extension ? { e164: main.e164, extension: match2?.[2] } : void 0;
}
function parsed(number, country) {
  const defaultCountry = countryCodeOf(country);
  const found = parsePhoneNumberFromString(number, {
    extract: false,
    ...defaultCountry ? { defaultCountry } : {}
  });
  if (!found?.isValid()) return void 0;
  return found.ext ? { e164: found.number, extension: found.ext } : { e164: found.number };
}
var TYPES = [
  ...["FIXED_LINE", "MOBILE", "TOLL_FREE", "PREMIUM_RATE", "PERSONAL_NUMBER", "VOICEMAIL", "UAN", "PAGER"],
  ...["VOIP", "SHARED_COST"]
];
var whole = (pattern) => new RegExp(`^(?:${pattern})$`);
var start = (pattern) => pattern ? new RegExp(`^(?:${pattern})`) : void 0;
var plans = /* @__PURE__ */ new Map();
function planOf(country) {
  const known3 = plans.get(country);
  if (known3) return known3;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  const patterns = TYPES.map((type) => plan.type(type)?.pattern()).filter((pattern) => pattern);
  const compiled3 = {
    code: plan.callingCode(),
    national: whole(plan.nationalNumberPattern()),
    types: whole(patterns.join("|") || "(?!)"),
    trunk: start(plan.nationalPrefixForParsing()),
    abroad: start(plan.IDDPrefix())
  };
  plans.set(country, compiled3);
  return compiled3;
}
var MAIN = ["US", "GB", "RU", "IT", "AU", "NO", "FI", "MA", "GP", "RE", "CW", "SH"];
var mainCountries;
function mainCountryOf(code) {
  mainCountries ??= new Map([
    ...getCountries().map((country) => [getCountryCallingCode(country), country]),
    ...MAIN.map((country) => [getCountryCallingCode(country), country])
  ]);
  return mainCountries.get(code);
}
function plainNumber(number, country) {
  if (!/^\+?\(?\d[\d ().-]*$/.test(number)) return void 0;
  const digits = number.replace(/\D/g, "");
  if (number.startsWith("+")) return abroad(digits);
  const code = countryCodeOf(country);
  return code === void 0 ? void 0 : atHome(digits, planOf(code));
}
function abroad(digits) {
  for (const length of [1, 2, 3]) {
    const country = mainCountryOf(digits.slice(0, length));
    if (country === void 0) continue;
    const plan = planOf(country);
    const national = digits.slice(length);
    return plan.trunk?.test(national) ? void 0 : numbered(national, plan);
  }
  return void 0;
}
function atHome(digits, plan) {
  if (plan.abroad?.test(digits)) return void 0;
  const trunk = plan.trunk?.exec(digits);
  if (!trunk && digits.startsWith(plan.code)) return void 0;
  if (!trunk) return numbered(digits, plan);
  if (trunk.length > 1 && trunk.slice(1).some((group) => group !== void 0)) return void 0;
  return plan.national.test(digits) ? void 0 : numbered(digits.slice(trunk[0].length), plan);
}
function numbered(national, { code, national: general, types }) {
  return general.test(national) && types.test(national) ? { e164: `+${code}${national}` } : void 0;
}
var CANDIDATES = [
  ...["CN", "US", "GB", "DE", "FR", "AU", "JP", "IN", "BR", "ES", "IT", "NL", "SE", "CH", "AT", "BE", "PL"],
  ...["NZ", "IE", "ZA", "MX", "KR", "SG", "HK", "TW", "MY", "TH", "ID", "PH", "VN", "TR", "RU", "UA", "AE"]
];
var CN_MOBILE = /^(?:\+?86|0086)?1[3-9]\d{9}$/;
var ENOUGH = 500;
function countryOf(seen, likely) {
  const numbers = seen.map(({ value }) => bareNumber(value)).filter((number) => number.replace(/\D/g, "").length > 6).slice(0, ENOUGH);
  if (numbers.length === 0) return void 0;
  const local = numbers.filter((number) => !number.startsWith("+"));
  const named = local.length === 0 ? mostFrequent(numbers) : mobilesOfChina(local);
  if (named) return named.share < 0.5 ? void 0 : named;
  const codes2 = new Set(numbers.map(byCode).filter((country) => country !== void 0));
  return byPlan(local, likely, codes2);
}
var byCode = (number) => {
  const found = number.startsWith("+") ? parsePhoneNumberFromString(number, { extract: false }) : void 0;
  return found?.isValid() ? mainCountryOf(found.countryCallingCode) : void 0;
};
function mostFrequent(numbers) {
  const found = numbers.map(byCode);
  const shares = [...new Set(found)].map((country = "") => ({
    country,
    share: country === "" ? 0 : found.filter((one) => one === country).length / numbers.length
  }));
  return shares.reduce((best, each) => each.share > best.share ? each : best);
}
function mobilesOfChina(local) {
  const mobiles = local.filter((number) => CN_MOBILE.test(number.replace(/[ -]/g, ""))).length;
  return mobiles < local.length * 0.6 ? void 0 : { country: "CN", share: mobiles / local.length };
}
var CLEAR = 0.05;
var CLEARLY_WRITTEN = 0.2;
var WITHOUT_ZERO = /* @__PURE__ */ new Set(["IN"]);
function byPlan(local, likely, codes2) {
  const zeros = local.filter((number) => /^\(?0/.test(number)).length > local.length / 2;
  const candidates = /* @__PURE__ */ new Set([...likely && countryCodeOf(likely) ? [likely] : [], ...codes2, ...CANDIDATES]);
  const shares = [...candidates].map((country) => {
    const favour = (country === likely ? 2 : codes2.has(country) ? 1 : 0) - Number(zeros && WITHOUT_ZERO.has(country));
    const share = shareOf(local, (number) => readPhone(number, country) !== void 0);
    return { country, share, score: share + favour * 1.2 * CLEAR };
  });
  const best = Math.max(...shares.map(({ score }) => score));
  const equals = shares.filter(({ score, share }) => score >= best - CLEAR && share >= 0.5);
  const only = equals.length > 1 ? bestWritten(local, equals) : equals[0];
  return only && { country: only.country, share: only.share };
}
function bestWritten(local, equals) {
  const written = equals.map((found) => ({ found, share: shareOf(local, (number) => isGroupedAs(number, found.country)) })).sort((a, b) => b.share - a.share);
  const [best, second] = written;
  return best && best.share - (second?.share ?? 0) > CLEARLY_WRITTEN ? best.found : void 0;
}
function isGroupedAs(number, country) {
  const defaultCountry = countryCodeOf(country);
  if (!defaultCountry || /^\d+$/.test(number)) return false;
  const usual = parsePhoneNumberFromString(number, { extract: false, defaultCountry })?.formatNational();
  return usual?.match(/\d+/g)?.join() === number.match(/\d+/g)?.join();
}
var shareOf = (numbers, test) => numbers.filter(test).length / numbers.length;

// src/commands/dedupe/fields.ts
function plainWords(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
}
var spaced = (text) => plainWords(text).replace(/[’'`]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
var LEGAL = /\b(?:inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|company|pty|gmbh|mbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as)\b/g;
var companyForm = (text) => {
  const words5 = spaced(text.replaceAll("&", " and ").replace(/\b(\p{L})\.(?=\p{L}\b)/gu, "$1"));
  return words5.replace(LEGAL, " ").replace(/\s+/g, " ").trim() || words5;
};
var SHORT_WORDS = {
  ...{
    street: "st",
    road: "rd",
    avenue: "ave",
    av: "ave",
    drive: "dr",
    lane: "ln",
    court: "ct",
    place: "pl"
  },
  ...{
    boulevard: "blvd",
    square: "sq",
    terrace: "tce",
    ter: "tce",
    highway: "hwy",
    parade: "pde",
    crescent: "cres"
  },
  ...{
    apartment: "apt",
    unit: "apt",
    suite: "ste",
    floor: "fl",
    north: "n",
    south: "s",
    east: "e",
    west: "w"
  },
  ...{ strasse: "str", stra\u00DFe: "str", platz: "pl", number: "no", mount: "mt", saint: "st" }
};
var addressForm = (text) => spaced(text).split(" ").map((word) => SHORT_WORDS[word] ?? word.replace(/(?:strasse|straße)$/, "str")).join(" ");
var siteForm = (text) => plainWords(text).replace(/^[a-z]+:\/\//, "").replace(/^www\d?\./, "").replace(/[/?#].*$/, "");
var closed = (text) => plainWords(text).replace(/[^\p{L}\p{N}]+/gu, "");
var emailForm = (text) => plainWords(text).replace(/\s+/g, "");
function dateForm(column) {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }));
  const reading = withStragglers(dateStyle(seen.slice(0, 2e3)));
  return (text) => {
    const day = readDay(text, reading);
    return day === void 0 ? text.replace(/\D/g, "") : formatDay(day).replaceAll("-", "");
  };
}
function phoneForm(column) {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }));
  const country = countryOf(seen)?.country;
  return (text) => {
    const phone = readPhone(text, country);
    if (phone) return phone.e164.slice(1);
    return plainWords(text).replace(/\D/g, "").replace(/^0+/, "");
  };
}
function normaliserOf(column, role) {
  switch (role) {
    case "email":
      return emailForm;
    case "date":
      return dateForm(column);
    case "phone":
      return phoneForm(column);
    case "company":
      return companyForm;
    case "text":
      return addressForm;
    case "site":
      return siteForm;
    case "code":
    case "identity":
    case "number":
      return closed;
    default:
      return spaced;
  }
}
async function fieldsOf(column, role) {
  const isHan = hanShare(column) > 0.3;
  if (isHan && role === "text") return chineseAddressFields(column);
  if (isHan && (role === "name" || role === "company")) return [await chineseField(column, role)];
  return [fieldBy(column, role, normaliserOf(column, role))];
}
var HAN2 = /[\u3400-\u9fff]/;
function hanShare(column) {
  let [han, all] = [0, 0];
  for (const { word, count } of sampleOf(column)) {
    all += count;
    if (HAN2.test(word)) han += count;
  }
  return all === 0 ? 0 : han / all;
}
async function chineseField(column, role) {
  if (role === "company") {
    const companies = await loadChineseCompanies();
    return fieldBy(column, role, (text) => HAN2.test(text) ? companies.key(text) : companyForm(text));
  }
  const names2 = await loadChineseNames();
  const field = fieldBy(column, role, (text) => {
    const name2 = names2.read(text);
    return name2 ? name2.surname + name2.given : spaced(text);
  });
  return { ...field, chinese: field.words.map((word) => names2.read(word)) };
}
async function chineseAddressFields(column) {
  const addresses = await loadChineseAddresses();
  const town = fieldBy(column, "place", (text) => {
    const { city, district } = addresses.read(text);
    return [city, district].filter((part) => part !== "").join(" ");
  });
  const street2 = fieldBy(column, "text", (text) => HAN2.test(text) ? addresses.key(text) : addressForm(text));
  return [{ ...town, header: `${column.header} (town)` }, street2];
}
function fieldBy(column, role, form) {
  const numbers = /* @__PURE__ */ new Map();
  const words5 = [];
  const toNew = new Int32Array(column.words.length);
  column.words.forEach((word, code) => {
    const each = isPlaceholder(word) || isMasked(word) ? "" : form(word);
    let number = each === "" ? -1 : numbers.get(each);
    if (number === void 0) {
      number = words5.length;
      numbers.set(each, number);
      words5.push(each);
    }
    toNew[code] = number;
  });
  const codes2 = column.codes.map((code) => code < 0 ? -1 : toNew[code]);
  return fieldWith({ header: column.header, role, codes: codes2, words: words5 });
}
function fieldWith(field) {
  const hashes = Uint32Array.from(field.words, textHash);
  let mark = 0;
  for (let row = 0; row < field.codes.length; row++) {
    const code = field.codes[row];
    if (code >= 0) mark = mark + hashes[code] >>> 0;
  }
  return { ...field, hashes, mark };
}
function countsOfField({ codes: codes2, words: words5 }) {
  const counts = new Int32Array(words5.length);
  for (let row = 0; row < codes2.length; row++) {
    const code = codes2[row];
    if (code >= 0) counts[code] = counts[code] + 1;
  }
  return counts;
}

// src/core/arrays.ts
function longer(array, length) {
  const copy = new array.constructor(length);
  copy.set(array);
  return copy;
}

// src/models/linkage/radix.ts
var DIGIT_BITS = 11;
var DIGITS = 1 << DIGIT_BITS;
function radixOrder(keys) {
  const { length } = keys;
  let from = new Uint32Array(length);
  for (let i = 0; i < length; i++) from[i] = i;
  let to = new Uint32Array(length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const next = new Uint32Array(DIGITS);
    for (let i = 0; i < length; i++) {
      const digit = keys[i] >>> shift & DIGITS - 1;
      next[digit] = next[digit] + 1;
    }
    let sum = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = next[digit];
      next[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < length; i++) {
      const item = from[i];
      const digit = keys[item] >>> shift & DIGITS - 1;
      const place = next[digit];
      to[place] = item;
      next[digit] = place + 1;
    }
    ;
    [from, to] = [to, from];
  }
  return from;
}

// src/models/linkage/blocking.ts
var OVERLAP = 2.5;
var STRONG_SHARE = 0.5;
function budgetFor(records, perRecord) {
  const pairs = Math.max(2e6, perRecord * records);
  return { pairs, perKey: Math.max(25e4, pairs / 16) };
}
function proposePairs(records, keys, budget) {
  const plans2 = [...plansOf(keys(), budget)].sort(inOrder);
  const taken = /* @__PURE__ */ new Set();
  const used = [];
  let left = OVERLAP * budget.pairs;
  for (const plan of plans2) {
    const fits3 = plan.pairs > 0 && plan.pairs <= left;
    if (fits3) {
      taken.add(plan.name);
      left -= plan.pairs;
    }
    const { name: name2, pairs, largest, skipped } = plan;
    used.push(
      fits3 ? { name: name2, pairs, largest, skipped } : { name: name2, pairs: 0, largest: 0, skipped: pairs + skipped }
    );
  }
  const caps = new Map(plans2.filter(({ name: name2 }) => taken.has(name2)).map((plan) => [plan.name, plan.largest]));
  return { ...distinctPairs(records, rawPairs(keys(), caps)), keys: used };
}
function* plansOf(keys, budget) {
  for (const key of keys) {
    const sizes = /* @__PURE__ */ new Map();
    for (const { from, to } of blocksOf(key)) sizes.set(to - from, (sizes.get(to - from) ?? 0) + 1);
    const most = key.strong ? STRONG_SHARE * budget.pairs : budget.perKey;
    let [pairs, largest, skipped] = [0, 0, 0];
    for (const [size, count] of [...sizes].sort((a, b) => a[0] - b[0])) {
      const more = count * size * (size - 1) / 2;
      if (skipped > 0 || pairs + more > most) skipped += more;
      else [pairs, largest] = [pairs + more, size];
    }
    const mark = key.hashes.reduce((sum, hash) => sum + hash >>> 0, 0);
    yield { name: key.name, pairs, largest, skipped, strong: key.strong === true, mark };
  }
}
var inOrder = (one, other2) => Number(other2.strong) - Number(one.strong) || one.pairs + one.skipped - other2.pairs - other2.skipped || one.mark - other2.mark;
function* blocksOf(key) {
  const { order, records } = sortedBy(key);
  const { hashes } = key;
  for (let from = 0; from < order.length; ) {
    const hash = hashes[order[from]];
    let to = from + 1;
    while (to < order.length && hashes[order[to]] === hash) to++;
    if (to - from > 1 && hash !== 0) yield { from, to, records };
    from = to;
  }
}
function sortedBy({ hashes, starts }) {
  const order = radixOrder(hashes);
  if (!starts) return { order, records: Int32Array.from(order) };
  const owner = new Int32Array(hashes.length);
  for (let record = 0; record < starts.length - 1; record++) {
    owner.fill(record, starts[record], starts[record + 1]);
  }
  return { order, records: Int32Array.from(order, (at) => owner[at]) };
}
function rawPairs(keys, caps) {
  let [left, right] = [new Int32Array(1 << 16), new Int32Array(1 << 16)];
  let size = 0;
  for (const key of keys) {
    const cap = caps.get(key.name);
    if (cap === void 0) continue;
    for (const { from, to, records } of blocksOf(key)) {
      const length = to - from;
      if (length > cap) continue;
      const needed = size + length * (length - 1) / 2;
      if (needed > left.length) {
        const room = Math.max(needed, Math.ceil(1.5 * left.length));
        left = longer(left, room);
        right = longer(right, room);
      }
      for (let i = from; i < to; i++) {
        const one = records[i];
        for (let j = i + 1; j < to; j++) {
          const other2 = records[j];
          if (one === other2) continue;
          left[size] = one;
          right[size++] = other2;
        }
      }
    }
  }
  return { left: left.subarray(0, size), right: right.subarray(0, size) };
}
function distinctPairs(records, { left, right }) {
  const ends = new Uint32Array(records + 1);
  for (let i = 0; i < left.length; i++)
    ends[left[i] + 1] = ends[left[i] + 1] + 1;
  for (let record = 0; record < records; record++) {
    ends[record + 1] = ends[record + 1] + ends[record];
  }
  const next = ends.slice(0, records);
  const grouped = new Int32Array(right.length);
  for (let i = 0; i < left.length; i++) {
    const one = left[i];
    const at = next[one];
    grouped[at] = right[i];
    next[one] = at + 1;
  }
  let size = 0;
  const owners = new Int32Array(right.length);
  for (let record = 0; record < records; record++) {
    const [from, to] = [ends[record], ends[record + 1]];
    sortStretch(grouped, from, to);
    let last = -1;
    for (let i = from; i < to; i++) {
      const other2 = grouped[i];
      if (other2 === last) continue;
      last = other2;
      owners[size] = record;
      grouped[size++] = other2;
    }
  }
  return { left: owners.slice(0, size), right: grouped.slice(0, size) };
}
var FEW = 24;
function sortStretch(values, from, to) {
  if (to - from > FEW) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    let j = i - 1;
    while (j >= from && values[j] > value) {
      values[j + 1] = values[j];
      j--;
    }
    values[j + 1] = value;
  }
}

// src/models/linkage/groups.ts
var CLIPPED = { least: -6, most: 8 };
var LARGEST = 600;
var STEP = 1.5;
function unionOf(records) {
  const parent = new Int32Array(records);
  for (let i = 0; i < records; i++) parent[i] = i;
  const rootOf = (record) => {
    let at = record;
    while (parent[at] !== at) {
      const above = parent[parent[at]];
      parent[at] = above;
      at = above;
    }
    return at;
  };
  return {
    rootOf,
    join(one, other2) {
      const [a, b] = [rootOf(one), rootOf(other2)];
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  };
}
function componentsOf(records, { left, right }) {
  const union = unionOf(records);
  for (let i = 0; i < left.length; i++) union.join(left[i], right[i]);
  const members = /* @__PURE__ */ new Map();
  const linked = new Uint8Array(records);
  for (let i = 0; i < left.length; i++) {
    linked[left[i]] = 1;
    linked[right[i]] = 1;
  }
  for (let record = 0; record < records; record++) {
    if (linked[record] === 0) continue;
    const root = union.rootOf(record);
    const list = members.get(root);
    if (list) list.push(record);
    else members.set(root, [record]);
  }
  return [...members.values()].map((list) => Int32Array.from(list));
}
function smallComponents(records, links) {
  const small = [];
  let rest = links;
  let least = 0;
  while (rest.left.length > 0) {
    const components = componentsOf(records, rest);
    const large = components.filter(({ length }) => length > LARGEST);
    small.push(...components.filter(({ length }) => length <= LARGEST));
    if (large.length === 0) break;
    const inside = new Uint8Array(records);
    for (const component of large) for (const record of component) inside[record] = 1;
    least += STEP;
    const stronger = linksWhere(
      rest,
      (i) => inside[rest.left[i]] === 1 && rest.bits[i] > least
    );
    if (stronger.left.length === 0) small.push(...large);
    rest = stronger;
  }
  return small.sort((a, b) => a[0] - b[0]);
}
function linksWhere({ left, right, bits }, keeps) {
  const kept = [];
  for (let i = 0; i < left.length; i++) if (keeps(i)) kept.push(i);
  return {
    left: Int32Array.from(kept, (i) => left[i]),
    right: Int32Array.from(kept, (i) => right[i]),
    bits: Float64Array.from(kept, (i) => bits[i])
  };
}
var NEVER = Number.NEGATIVE_INFINITY;
var ALWAYS = Number.POSITIVE_INFINITY;
function averageLinked(size, bits) {
  const sums = bits.map(
    (weight3) => weight3 === NEVER ? NEVER : weight3 === ALWAYS ? ALWAYS : Math.min(CLIPPED.most, Math.max(CLIPPED.least, weight3))
  );
  const counts = new Int32Array(size).fill(1);
  const parent = Int32Array.from({ length: size }, (_, i) => i);
  const alive = Array.from({ length: size }, (_, i) => i);
  const best = new Int32Array(size);
  const meanOf = (i, j) => sums[i * size + j] / (counts[i] * counts[j]);
  const seek = (i) => {
    let [found, most] = [-1, Number.NEGATIVE_INFINITY];
    for (const j of alive) {
      if (j === i) continue;
      const mean = meanOf(i, j);
      if (mean > most) [found, most] = [j, mean];
    }
    best[i] = found;
  };
  for (const i of alive) seek(i);
  while (alive.length > 1) {
    let [one, most] = [-1, 0];
    for (const i of alive) {
      const j = best[i];
      if (j < 0) continue;
      const mean = meanOf(i, j);
      if (mean > most) [one, most] = [i, mean];
    }
    if (one < 0) break;
    const pair = [one, best[one]];
    const [kept, gone] = [Math.min(...pair), Math.max(...pair)];
    parent[gone] = kept;
    alive.splice(alive.indexOf(gone), 1);
    for (const j of alive) {
      if (j === kept) continue;
      const joined2 = addedWeights(sums[kept * size + j], sums[gone * size + j]);
      sums[kept * size + j] = joined2;
      sums[j * size + kept] = joined2;
    }
    counts[kept] = counts[kept] + counts[gone];
    for (const i of alive) if (i === kept || best[i] === kept || best[i] === gone) seek(i);
    for (const i of alive) {
      if (i !== kept && best[i] >= 0 && meanOf(i, kept) > meanOf(i, best[i]))
        best[i] = kept;
    }
  }
  return numbered2(parent);
}
var addedWeights = (one, other2) => one === NEVER || other2 === NEVER ? NEVER : one + other2;
function numbered2(parent) {
  const numbers = /* @__PURE__ */ new Map();
  return Int32Array.from(parent, (_, i) => {
    let root = i;
    while (parent[root] !== root) root = parent[root];
    const known3 = numbers.get(root);
    if (known3 !== void 0) return known3;
    numbers.set(root, numbers.size);
    return numbers.size - 1;
  });
}

// src/models/linkage/mixture.ts
var MOST_ROUNDS = 200;
var CLOSE_ENOUGH = 1e-4;
var PRIOR_PAIRS = 5;
var PRIOR_RANDOM = 0.3;
var FIRST_MATCHES = 0.01;
var FIRST_MOVED = 0.2;
var PRIORS = { least: 1e-12, mostMatches: 0.2, mostReason: 0.5, firstReason: 0.3 };
var SEEDED = 0.9;
var FIRST_SEEDED = 0.99;
var MOST_AGAINST = 64;
function fitMixture(observed) {
  const { columns, reasons, moving } = observed;
  const moves = moving.length > 1;
  const pairs = observed.records * (observed.records - 1) / 2;
  const all = observed.proposed.map((count, pattern) => count + observed.others[pattern]);
  const chance = shareTable(observed, all, 0.5 * observed.weight);
  let u = withExact(
    chance,
    columns.map(({ chance: exact }) => Math.max(exact, 2 / pairs))
  );
  let m2 = columns.map(({ typical }) => [...typical]);
  let prior = Math.min(FIRST_MATCHES, 0.1 * observed.records / pairs);
  let moved = moves ? FIRST_MOVED * prior : 0;
  prior -= moved;
  let thetas = reasons.map((reason) => firstShares(reason, u));
  let priors = reasons.map((reason) => firstPrior(observed, reason) / pairs);
  let [rounds, converged] = [0, false];
  for (; rounds < MOST_ROUNDS && !converged; rounds++) {
    const random2 = Math.max(0, 1 - prior - moved - priors.reduce((sum, each) => sum + each, 0));
    const joint = jointClasses(observed, { thetas, priors });
    const step2 = expectation(observed, {
      shares: [m2, movedShares(m2, u, moving), u, ...thetas, ...joint.map(({ shares }) => shares)],
      priors: [prior, moved, random2, ...priors, ...joint.map(({ prior: each }) => each)]
    });
    const nextM = monotone(floored(matchShares(observed, step2), u), u);
    const share = (k) => clamp(step2.sums[k] / pairs, PRIORS.least, PRIORS.mostMatches);
    const change = Math.max(
      Math.abs(Math.log((share(0) + (moves ? share(1) : 0)) / (prior + moved))),
      ...nextM.flatMap((shares, i) => shares.map((each, l) => Math.abs(each - (m2[i]?.[l] ?? 0))))
    );
    m2 = nextM;
    prior = share(0);
    moved = moves ? share(1) : 0;
    u = withExact(
      shareTable(observed, step2.random, PRIOR_RANDOM * observed.weight),
      columns.map(
        ({ chance: exact, exact: level }, i) => Math.max(
          exact - (prior + (moving.includes(i) ? 0 : moved)) * (m2[i]?.[level] ?? 0),
          0.02 * exact,
          2 / pairs
        )
      )
    );
    thetas = reasons.map(
      (reason, j) => reasonShares(observed, { reason, weights: step2.reasons[j], u })
    );
    priors = reasons.map(
      (_, j) => clamp(step2.sums[j + FIRST_REASON] / pairs, PRIORS.least, PRIORS.mostReason)
    );
    converged = change < CLOSE_ENOUGH;
  }
  const random = Math.max(PRIORS.least, 1 - prior - moved - priors.reduce((sum, each) => sum + each, 0));
  return {
    matches: { prior, shares: m2 },
    moved: moves ? { prior: moved, shares: movedShares(m2, u, moving) } : void 0,
    random: { prior: random, shares: u },
    reasons: [
      ...reasons.map(({ name: name2, freedom }, j) => ({
        name: name2,
        prior: priors[j],
        shares: thetas[j],
        freedom
      })),
      ...jointClasses(observed, { thetas, priors })
    ],
    rounds,
    converged
  };
}
var clamp = (value, least, most) => Math.min(most, Math.max(least, value));
function shareTable({ columns, levels }, weights, prior) {
  const width = columns.length;
  const table = columns.map(({ exact }) => new Array(exact + 1).fill(prior));
  for (let pattern = 0; pattern < weights.length; pattern++) {
    const weight3 = weights[pattern];
    if (weight3 === 0) continue;
    for (let i = 0; i < width; i++) {
      const level = levels[pattern * width + i];
      if (level >= 0) table[i][level] = table[i]?.[level] + weight3;
    }
  }
  return table.map(normalised);
}
function normalised(values) {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
function withExact(table, exact) {
  return table.map((shares, i) => {
    const last = shares.length - 1;
    const known3 = Math.min(exact[i], 1 - 1e-9);
    const below = 1 - shares[last];
    return shares.map((share, level) => level === last ? known3 : share / below * (1 - known3));
  });
}
function matchShares(observed, { matches, moved }) {
  const { columns, levels, moving } = observed;
  const width = columns.length;
  const table = columns.map(({ typical }) => typical.map((share) => PRIOR_PAIRS * share));
  const changes = columns.map((_, i) => moving.length > 1 && moving.includes(i));
  for (let pattern = 0; pattern < matches.length; pattern++) {
    const [stayed, gone] = [matches[pattern], moved[pattern]];
    if (stayed + gone < 1e-12) continue;
    for (let i = 0; i < width; i++) {
      const level = levels[pattern * width + i];
      const weight3 = changes[i] ? stayed : stayed + gone;
      if (level >= 0) table[i][level] = table[i]?.[level] + weight3;
    }
  }
  return table.map(normalised);
}
var movedShares = (m2, u, moving) => m2.map((shares, i) => moving.includes(i) ? u[i] : shares);
function floored(m2, u) {
  return m2.map(
    (shares, i) => normalised(shares.map((share, level) => Math.max(share, u[i]?.[level] / MOST_AGAINST)))
  );
}
function monotone(m2, u) {
  return m2.map((shares, i) => {
    const blocks = [];
    shares.forEach((share, level) => {
      blocks.push({ m: share, u: u[i]?.[level], levels: 1 });
      for (; ; ) {
        const [last, before] = [blocks.at(-1), blocks.at(-2)];
        if (!last || !before || before.m / before.u <= last.m / last.u) break;
        blocks.pop();
        blocks.pop();
        blocks.push({ m: last.m + before.m, u: last.u + before.u, levels: last.levels + before.levels });
      }
    });
    const ratios = blocks.flatMap((block) => new Array(block.levels).fill(block.m / block.u));
    return normalised(ratios.map((ratio, level) => ratio * u[i]?.[level]));
  });
}
function firstShares({ seeds }, u) {
  return u.map((shares, i) => seeds.includes(i) ? seededAt(shares, FIRST_SEEDED) : [...shares]);
}
function seededAt(shares, exact) {
  const last = shares.length - 1;
  const below = 1 - shares[last];
  return shares.map(
    (share, level) => level === last ? exact : below > 0 ? share / below * (1 - exact) : (1 - exact) / last
  );
}
function firstPrior({ columns, levels, proposed, records }, { seeds }) {
  const width = columns.length;
  let agreed = 0;
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    const all = seeds.every((i) => levels[pattern * width + i] === columns[i]?.exact);
    if (all) agreed += proposed[pattern];
  }
  const pairs = records * (records - 1) / 2;
  return clamp(agreed / 2, 1e-9 * pairs, PRIORS.firstReason * pairs);
}
function reasonShares(observed, { reason, weights, u }) {
  const free = shareTable(observed, weights, PRIOR_RANDOM);
  return u.map((chance, i) => {
    const freedom = reason.freedom[i];
    const own = free[i];
    const last = own.length - 1;
    if (reason.seeds.includes(i)) return own[last] < SEEDED ? seededAt(own, SEEDED) : own;
    if (freedom === "free") return own;
    return freedom === "below exact" ? seededAt(own, chance[last]) : [...chance];
  });
}
function jointClasses({ reasons, both }, { thetas, priors }) {
  return both.map(([one, other2]) => {
    const [first, second] = [reasons[one], reasons[other2]];
    const bySecond = first.freedom.map((each, i) => each === "pinned" && second.freedom[i] !== "pinned");
    return {
      name: `${first.name}, ${second.name}`,
      prior: priors[one] * priors[other2],
      shares: bySecond.map((second2, i) => thetas[second2 ? other2 : one]?.[i]),
      freedom: bySecond.map((isSecond, i) => (isSecond ? second : first).freedom[i])
    };
  });
}
function expectation(observed, { shares, priors }) {
  const { columns, levels, proposed, others } = observed;
  const width = columns.length;
  const classes = shares.length;
  const parts = Array.from({ length: classes }, () => new Float64Array(proposed.length));
  const sums = new Array(classes).fill(0);
  const likelihood = new Float64Array(classes);
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    let total = 0;
    for (let k = 0; k < classes; k++) {
      let product = priors[k];
      const table = shares[k];
      for (let i = 0; i < width; i++) {
        const level = levels[pattern * width + i];
        if (level >= 0) product *= table[i][level];
      }
      likelihood[k] = product;
      total += product;
    }
    if (total === 0) continue;
    const found = proposed[pattern];
    const all = found + others[pattern];
    for (let k = 0; k < classes; k++) {
      const part = (k < RANDOM ? found : all) * likelihood[k] / total;
      parts[k][pattern] = part;
      sums[k] = sums[k] + part;
    }
  }
  const [matches, moved, random] = parts;
  return { matches, moved, random, reasons: parts.slice(FIRST_REASON), sums };
}
var RANDOM = 2;
var FIRST_REASON = 3;
function logLikelihoods(mixture) {
  const moved = mixture.moved ?? { prior: 0, shares: mixture.matches.shares };
  const classes = [mixture.matches, moved, mixture.random, ...mixture.reasons];
  const tables = classes.map(({ shares }) => shares.map((column) => column.map(Math.log)));
  const priors = classes.map(({ prior }) => Math.log(prior));
  return (levels, at) => Float64Array.from(tables, (table, k) => {
    let sum = priors[k];
    for (let i = 0; i < table.length; i++) {
      const level = levels[at + i];
      if (level >= 0) sum += table[i][level];
    }
    return sum;
  });
}

// src/models/linkage/patterns.ts
function radixOf(levels) {
  const sizes = levels.map((most) => most + 2);
  let stride = 1;
  const strides = sizes.map((size) => {
    const own = stride;
    stride *= size;
    return own;
  });
  if (stride > Number.MAX_SAFE_INTEGER) throw new RangeError("more levels than a number can hold");
  return { strides, sizes };
}
function levelsOf({ strides, sizes }, pattern) {
  return strides.map((stride, i) => Math.floor(pattern / stride) % sizes[i] - 1);
}
function patternTable() {
  let slots = new Int32Array(1 << 16);
  let held = new Float64Array(1 << 15);
  let size = 0;
  const placeOf = (pattern) => {
    const high = Math.floor(pattern / 2 ** 32);
    const mixed = Math.imul(pattern >>> 0 ^ Math.imul(high, 2654435761), 2246822507);
    return (mixed ^ mixed >>> 15) & slots.length - 1;
  };
  const insert = (number) => {
    let slot = placeOf(held[number]);
    while (slots[slot] !== 0) slot = slot + 1 & slots.length - 1;
    slots[slot] = number + 1;
  };
  const numberOf2 = (pattern) => {
    let slot = placeOf(pattern);
    for (let at = slots[slot]; at !== 0; at = slots[slot]) {
      if (held[at - 1] === pattern) return at - 1;
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = size + 1;
    held[size++] = pattern;
    if (size === held.length) {
      held = longer(held, 2 * size);
      slots = new Int32Array(4 * size);
      for (let number = 0; number < size; number++) insert(number);
    }
    return size - 1;
  };
  return {
    numbersOf(patterns) {
      const numbers = new Int32Array(patterns.length);
      for (let i = 0; i < numbers.length; i++) numbers[i] = numberOf2(patterns[i]);
      return numbers;
    },
    distinct: () => held.slice(0, size)
  };
}
function countsOf(numbers, distinct) {
  const counts = new Float64Array(distinct);
  for (let i = 0; i < numbers.length; i++)
    counts[numbers[i]] = counts[numbers[i]] + 1;
  return counts;
}

// src/models/linkage/similarity.ts
var PREFIX_WEIGHT = 0.1;
var LONGEST_PREFIX = 4;
var BOOSTED_FROM = 0.7;
var WORD_BITS = 32;
function longestOf({ starts }) {
  let longest = 0;
  for (let i = 1; i < starts.length; i++) {
    longest = Math.max(longest, starts[i] - starts[i - 1]);
  }
  return longest;
}
function jaroWinkler(words5) {
  const { units, starts } = words5;
  const letters = lettersOf(words5);
  const long = longJaro(words5);
  return (one, other2) => {
    const a = starts[one];
    const b = starts[other2];
    const n = starts[one + 1] - a;
    const m2 = starts[other2 + 1] - b;
    if (n === 0 || m2 === 0) return n === m2 ? 1 : 0;
    const lettersA = letters[one];
    const lettersB = letters[other2];
    const most = Math.min(n - countBits(lettersA & ~lettersB), m2 - countBits(lettersB & ~lettersA));
    if (most / n + most / m2 + 1 < 3 * BOOSTED_FROM) return 0;
    if (n > WORD_BITS || m2 > WORD_BITS) return long(one, other2);
    const window2 = Math.max(0, (Math.max(n, m2) >> 1) - 1);
    let [marksA, marksB, matches] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const end = Math.min(m2, i + window2 + 1);
      const unit = units[a + i];
      for (let j2 = Math.max(0, i - window2); j2 < end; j2++) {
        if (units[b + j2] !== unit || (marksB & 1 << j2) !== 0) continue;
        marksA |= 1 << i;
        marksB |= 1 << j2;
        matches++;
        break;
      }
    }
    if (matches === 0) return 0;
    let [moved, j] = [0, 0];
    for (let i = 0; i < n; i++) {
      if ((marksA & 1 << i) === 0) continue;
      while ((marksB & 1 << j) === 0) j++;
      if (units[a + i] !== units[b + j]) moved++;
      j++;
    }
    return boosted((matches / n + matches / m2 + (matches - moved / 2) / matches) / 3, units, { a, b, n, m: m2 });
  };
}
function lettersOf({ units, starts }) {
  const letters = new Int32Array(starts.length - 1);
  for (let word = 0; word < letters.length; word++) {
    let bits = 0;
    for (let at = starts[word]; at < starts[word + 1]; at++) bits |= 1 << (units[at] & 31);
    letters[word] = bits;
  }
  return letters;
}
function countBits(bits) {
  let count = bits - (bits >>> 1 & 1431655765);
  count = (count & 858993459) + (count >>> 2 & 858993459);
  return Math.imul(count + (count >>> 4) & 252645135, 16843009) >>> 24;
}
function boosted(jaro, units, { a, b, n, m: m2 }) {
  if (jaro < BOOSTED_FROM) return jaro;
  let prefix = 0;
  const most = Math.min(LONGEST_PREFIX, n, m2);
  while (prefix < most && units[a + prefix] === units[b + prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}
function longJaro(words5) {
  const { units, starts } = words5;
  const longest = longestOf(words5);
  const marksA = new Uint8Array(longest);
  const marksB = new Uint8Array(longest);
  return (one, other2) => {
    const a = starts[one];
    const b = starts[other2];
    const n = starts[one + 1] - a;
    const m2 = starts[other2 + 1] - b;
    const window2 = Math.max(0, (Math.max(n, m2) >> 1) - 1);
    marksA.fill(0, 0, n);
    marksB.fill(0, 0, m2);
    let matches = 0;
    for (let i = 0; i < n; i++) {
      const end = Math.min(m2, i + window2 + 1);
      const unit = units[a + i];
      for (let j2 = Math.max(0, i - window2); j2 < end; j2++) {
        if (units[b + j2] !== unit || marksB[j2] !== 0) continue;
        marksA[i] = 1;
        marksB[j2] = 1;
        matches++;
        break;
      }
    }
    if (matches === 0) return 0;
    let [moved, j] = [0, 0];
    for (let i = 0; i < n; i++) {
      if (marksA[i] === 0) continue;
      while (marksB[j] === 0) j++;
      if (units[a + i] !== units[b + j]) moved++;
      j++;
    }
    return boosted((matches / n + matches / m2 + (matches - moved / 2) / matches) / 3, units, { a, b, n, m: m2 });
  };
}
function editsUpTo(words5, most) {
  const { units, starts } = words5;
  const width = longestOf(words5) + 1;
  const rows2 = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
  return (one, other2) => {
    let [a, b] = [starts[one], starts[other2]];
    let [endA, endB] = [starts[one + 1], starts[other2 + 1]];
    if (Math.abs(endA - a - (endB - b)) > most) return most + 1;
    while (a < endA && b < endB && units[a] === units[b]) {
      a++;
      b++;
    }
    while (a < endA && b < endB && units[endA - 1] === units[endB - 1]) {
      endA--;
      endB--;
    }
    const [n, m2] = [endA - a, endB - b];
    if (n === 0 || m2 === 0) return Math.min(most + 1, Math.max(n, m2));
    let [before, last, row] = rows2;
    for (let j = 0; j <= Math.min(m2, most); j++) last[j] = j;
    if (most < m2) last[most + 1] = most + 1;
    for (let i = 1; i <= n; i++) {
      const from = Math.max(1, i - most);
      const to = Math.min(m2, i + most);
      row[from - 1] = from === 1 ? i : most + 1;
      let least = row[from - 1];
      const unit = units[a + i - 1];
      for (let j = from; j <= to; j++) {
        const same = units[b + j - 1] === unit;
        let edits = last[j - 1] + (same ? 0 : 1);
        const above = last[j] + 1;
        if (above < edits) edits = above;
        const beside = row[j - 1] + 1;
        if (beside < edits) edits = beside;
        if (i > 1 && j > 1 && !same && unit === units[b + j - 2] && units[a + i - 2] === units[b + j - 1]) {
          const swapped = before[j - 2] + 1;
          if (swapped < edits) edits = swapped;
        }
        row[j] = edits;
        if (edits < least) least = edits;
      }
      if (to < m2) row[to + 1] = most + 1;
      if (least > most) return most + 1;
      [before, last, row] = [last, row, before];
    }
    return Math.min(most + 1, last[m2]);
  };
}
function levenshteinRatio(words5, least = 0) {
  const { units, starts } = words5;
  const letters = lettersOf(words5);
  const bits = new Int32Array(1 << 16);
  const row = new Uint16Array(longestOf(words5) + 1);
  return (one, other2) => {
    let [a, b] = [starts[one], starts[other2]];
    let [endA, endB] = [starts[one + 1], starts[other2 + 1]];
    const longer2 = Math.max(endA - a, endB - b);
    if (longer2 === 0) return 1;
    const lettersA = letters[one];
    const lettersB = letters[other2];
    const edits = Math.max(
      Math.abs(endA - a - (endB - b)),
      countBits(lettersA & ~lettersB),
      countBits(lettersB & ~lettersA)
    );
    if (1 - edits / longer2 < least) return 0;
    while (a < endA && b < endB && units[a] === units[b]) {
      a++;
      b++;
    }
    while (a < endA && b < endB && units[endA - 1] === units[endB - 1]) {
      endA--;
      endB--;
    }
    if (endA - a > endB - b) [a, b, endA, endB] = [b, a, endB, endA];
    const [n, m2] = [endA - a, endB - b];
    if (n === 0) return 1 - m2 / longer2;
    if (n > WORD_BITS) return 1 - plainDistance({ units, row }, [a, endA], [b, endB]) / longer2;
    for (let i = 0; i < n; i++)
      bits[units[a + i]] = bits[units[a + i]] | 1 << i;
    let [up, down, distance] = [-1, 0, n];
    const top = 1 << n - 1;
    for (let j = b; j < endB; j++) {
      const equal = bits[units[j]];
      const vertical = equal | down;
      const horizontal = (equal & up) + up ^ up | equal;
      let plus = down | ~(horizontal | up);
      let minus = up & horizontal;
      if ((plus & top) !== 0) distance++;
      if ((minus & top) !== 0) distance--;
      plus = plus << 1 | 1;
      minus <<= 1;
      up = minus | ~(vertical | plus);
      down = plus & vertical;
    }
    for (let i = 0; i < n; i++) bits[units[a + i]] = 0;
    return 1 - distance / longer2;
  };
}
function plainDistance({ units, row }, [a, endA], [b, endB]) {
  for (let j = 0; j <= endB - b; j++) row[j] = j;
  for (let i = a; i < endA; i++) {
    let corner = row[0];
    row[0] = i - a + 1;
    for (let j = b; j < endB; j++) {
      const above = row[j - b + 1];
      const replaced = corner + (units[i] === units[j] ? 0 : 1);
      row[j - b + 1] = Math.min(replaced, above + 1, row[j - b] + 1);
      corner = above;
    }
  }
  return row[endB - b];
}

// src/models/linkage/words.ts
function packWords(words5) {
  const starts = new Uint32Array(words5.length + 1);
  words5.forEach((word, i) => {
    starts[i + 1] = starts[i] + word.length;
  });
  const units = new Uint16Array(starts[words5.length]);
  words5.forEach((word, i) => {
    const start2 = starts[i];
    for (let at = 0; at < word.length; at++) units[start2 + at] = word.charCodeAt(at);
  });
  return { units, starts };
}
function packLists(lists) {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    starts[i + 1] = starts[i] + list.length;
  });
  const values = new Int32Array(starts[lists.length]);
  lists.forEach((list, i) => {
    values.set(
      [...list].sort((a, b) => a - b),
      starts[i]
    );
  });
  return { values, starts };
}
function commonOf({ values, starts }, one, other2) {
  let i = starts[one];
  let j = starts[other2];
  const endI = starts[one + 1];
  const endJ = starts[other2 + 1];
  let common = 0;
  while (i < endI && j < endJ) {
    const a = values[i];
    const b = values[j];
    if (a === b) {
      common++;
      i++;
      j++;
    } else if (a < b) i++;
    else j++;
  }
  return common;
}

// src/models/pairHash.ts
function pairHash(one, other2) {
  const mixed = Math.imul(one + 1, 2654435761) ^ Math.imul(other2 + 1, 2246822507);
  return mixed ^ mixed >>> 15;
}

// src/fields/nicknames.ts
var TABLE = `
aaron ron ronnie
abigail abby abbie abi gail
abraham abe bram abram
adelaide addie heidi ada della
adrian ade
agatha aggie
agnes aggie nessie
aidan aiden ayden
alan al allan allen alun
alastair alistair alasdair alister al ally
albert al bert bertie albie
alexander alex al alec alek sandy xander lex sasha alick aleksander alexandre alejandro
alexandra alex alexa sandra sandy lexi lexie ally alix sasha alejandra
alexis alex lexi lexie
alfred al alf alfie fred freddie
alice ali ally alicia allie
alison allison ali ally allie
alphonse al alfonso fonzie
amanda mandy manda
amelia amy millie milly emilia mel
andrea andi andie drea
andrew andy drew andre andreas andi
angela angie ange angel
angelina angie lina
ann anne anna annie nan nancy ana
annabel annabelle bella belle
anthony tony ant antony antonio anton toni
antoinette toni nettie
antonia toni tonya
archibald archie archy
arnold arnie
arthur art artie
ashley ash ashleigh
audrey aud
augustus gus august augie
barbara barb babs barbie bobbie barbra
barnaby barney
bartholomew bart
beatrice bea bee trixie beatrix bebe
benedict ben benny
benjamin ben benny benji bennie
bernadette bernie detta
bernard bernie barney
bertha bertie
bethany beth
beverly bev beverley
bradley brad
bradford brad
brandon bran
brenda bren
brendan bren
brian bryan bri
bridget biddy bridie bridgette brigid
bronwyn bron
bruce brucie
caitlin kate katie cait kaitlyn caitlyn
calvin cal
cameron cam
camilla millie milla cammie
candice candy candace
carl karl
carol carole caz caroline
caroline carrie caro carolyn lina callie carolina
cassandra cass cassie sandra
catherine cath cathy cate kate katie kathy katherine kathryn katharine cathryn kit kitty kat katy kath kay catharine caterina katrina catrina
cecil cec
cecilia cec celia cissy sissy cecily
charles charlie chuck chas charley chip carlos chaz
charlotte charlie lottie lotte char carlotta charley
chelsea chels
christian chris
christina tina chris chrissie christy kristina christine kristine
christine chris chrissie tina christy kristine christina kirsten
christopher chris kit topher kristopher christy
clara clare claire clair
clarence clarrie
claudia claud
clement clem
clifford cliff
clinton clint
constance connie
cordelia delia cordy
cornelius con neil corny
courtney court
craig craigie
curtis curt
cynthia cindy cyndi cindi
cyril cy
cyrus cy
dale daley
damian damien
daniel dan danny dani
danielle dani danni elle daniela
daphne daph
darren daz darryl
david dave davey davy dai
deborah deb debbie debra debby debs
declan dec
denise den denny
dennis den denny denis
derek derrick del
desmond des desi
diana di diane dianne dee
dominic dom nick dominick domenic
donald don donnie donny
donna don
dorothy dot dottie dolly dora dorothea thea
douglas doug dougie
duncan dunc
dwight ike
edgar ed eddie ned
edith edie
edmund ed eddie ned ted edmond
edward ed eddie ned ted teddy eddy eduardo
edwin ed eddie ned
eleanor ellie nell nellie nora ella elle leonora elinor eleanora lenore
elijah eli
elizabeth liz beth betty eliza lizzie betsy bess bessie libby liza elisabeth lizzy bette bettie elise elsie lisa lilibet ellie lisbeth betsey
ella ellie
ellen nell nellie helen ellie
emily em emmy millie milly emmie
emma em emmy emmie
emmanuel manny emanuel immanuel
enoch nock
eric rick ricky erik erick
erica ricky rikki erika
ernest ernie ern
esther essie hester
ethel eth
eugene gene
eugenie genie eugenia
eva eve evie
evangeline eve evie eva
evelyn eve evie lyn
ezekiel zeke
ezra ez
felicity fliss flick flic
ferdinand ferdie fred
fiona fi fee
florence flo florrie flossie
frances fran frankie fanny francie francesca franny
francis frank frankie fran frannie francisco francesco
franklin frank frankie
frederick fred freddie freddy frederic rick fritz fredrick friedrich
frederica fred freddie rikki
gabriel gabe gab gabby
gabrielle gabby gabi gaby gabriella elle brielle
gareth gary gaz garth
gary gaz garry
gavin gav
gemma gem jemma
genevieve gen viv eve jenny
geoffrey geoff jeff jeffrey jeffery geoffery
george georgie geo jorge
georgina georgie gina georgia georgiana
gerald gerry jerry ged
geraldine gerry geri gerri
gerard gerry ged jerry
gertrude gertie trudy trudie
gilbert gil bert gib
gillian gill jill jilly gilly jillian
gloria glo
gordon gord gordy gordie
grace gracie
graham gray graeme grahame
gregory greg gregg gregor
gretchen greta
griffith griff
gwendolyn gwen wendy gwyneth gwendoline
hannah han hanna
harold harry hal
harriet hattie harry hettie
harrison harry
harvey harv
heather hev
helen nell nellie lena helena ellen elena helene
henrietta etta hetty hettie
henry harry hank hal henri enrique
herbert herb bert herbie
herman hermann
hilary hil hillary
hortense horty
howard howie howd
hubert hugh bert hughie
hugh hughie huw hugo
humphrey humph
ian iain
ida idie
imogen immy immie
irene rene
isaac ike zac isaak
isabella bella izzy belle isabelle isabel issy isobel izzie ella izabella
isadora izzy dora
isaiah zay
ivan van
jacob jake jay jakob coby
jacqueline jackie jacqui jaclyn jacquelyn jaqueline
james jim jimmy jamie jem jimmie jimbo jaime
jane janie jenny jayne jean
janet jan jannie
janice jan janis
jasmine jaz jas jazz jasmin
jason jay jase
jayden jay
jean jeannie jeanne
jeannette jean nettie jeanette
jedediah jed
jeffrey jeff geoff geoffrey jeffery
jemima mima jem
jennifer jen jenny jenna jennie jenn
jeremiah jerry jem
jeremy jerry jez jem
jerome jerry
jessica jess jessie jessy
jillian jill jilly gillian
joan jo joanie
joanna jo joey joann joanne jojo
joanne jo joann joanna
jodie jody jo
joel joey
john johnny jack jon johnnie johan juan jackie
jonathan jon jonny johnny nathan jonathon johnathan
jordan jordy jody
joseph joe joey jo jos josef jose
josephine jo josie jojo posy fifi
joshua josh
joyce joy
judith judy jude judi judie
julia julie jules juliet
julian jules
juliana julie jules
juliet julie jules juliette
justin jus
justine tina
karen kaz karin caren
katelyn kate katie
kathleen kath kathy kate katie kat kay cathleen kitty
kayla kay
keith keithy
kelly kel kelley kellie
kelvin kel
kendall ken
kenneth ken kenny kenn
kerry kez kerri
kevin kev
kieran kier
kimberly kim kimmy kimberley kimmie
kirsten kirsty kris
kristen kris kristin krissy
kyle ky
lachlan lachie lockie
laura laurie lori loz
lauren laurie loz ren
laurence larry laurie lawrence loren laurie
lawrence larry laurie laurence lawrie loren law
leah lee
leo leon lee
leonard len lenny leo lennie
leonardo leo len
leroy roy lee
leslie les lesley
lester les
letitia lettie tish
lewis lew louis
lillian lil lily lilly lilian
lincoln linc
linda lyn lin lindy lynda
lindsay linds lindsey lyndsay
lionel leo len
llewellyn lew lyn
lloyd loyd
logan logie
lois lou
lorraine lori rainey lorrie
louis lou lewis louie luis
louise lou lulu louisa louie
lucas luke luca lukas
lucille lucy lou
lucinda lucy cindy
lucy lu luce
luke lucas
lydia lyddie
lynette lyn lynn lynne
mackenzie mac kenzie
madeline maddie maddy madeleine mads madelyn lena
magdalena lena maggie
malcolm mal malc
manuel manny
marcus marc mark
margaret maggie meg peggy marge margie madge peg greta rita daisy megan margo margot marjorie maisie mags mog margarita
margery marge margie marjorie
maria mary marie mia
marian mary marion
marianne mary marian
marilyn lyn
marion mary marian
mark marc marcus
martha marty mattie patty
martin marty mart martyn
martina tina
marvin marv
mary molly polly maria marie mae may mamie mimi minnie
mathilda tilly matilda tilda mattie maud
matilda tilly tilda mattie maud
matthew matt matty mathew mat matthias
maureen mo reenie
maurice mo morris maury
maxine max
maximilian max
maxwell max
megan meg
melanie mel
melinda mel mindy lindy
melissa mel lissa missy
melvin mel
mercedes mercy sadie
meredith merry
michael mike mick micky mickey mikey mitch micheal mikhail miguel michel
michaela mickey kayla mikayla
michelle shell shelly micky chelle michele
mildred millie milly
millicent millie milly
milton milt
miranda randy mandy mira
miriam mim mimi mitzi
mitchell mitch
mohammed mohammad muhammad mohamed mo mohamad muhammed mohd
morgan mo
mortimer mort
nadine nad
nancy nan ann
naomi nomi
natalie nat nattie talia natalia
natasha tasha nat
nathan nate nat
nathaniel nate nat nathan natty nathanael
nehemiah miah
neil neal niall
nelson nels
nicholas nick nicky nico nicolas klaus nik nicholaus
nicola nicky nic nikki
nicole nicky nikki nic nicolette colette
nigel nige
noah noe
noel noelie
nora norah honora
norman norm
octavia tavi
oliver ollie olly
olivia liv ollie livvy livia
oscar ossie
oswald oz ozzie ossie
pamela pam pammy
patience pat patty
patricia pat trish patty tricia patti trisha paddy patsy
patrick pat paddy rick padraig
paul paulie pablo
paula polly
pauline polly paula
penelope penny pen nell
percival percy
perry peregrine
peter pete petey pedro
philip phil phillip pip felipe
philippa pip pippa phil
phillis phyllis phil
phoebe phebe
phyllis phil
priscilla prissy cilla
quentin quinn
rachel rach rachael ray shelly
ralph ralf rafe
ramona mona
randall randy
randolph randy
raphael raf rafe rafael rafa
raymond ray
rebecca becky becca bec beck reba rebekah bex
reginald reg reggie
rhonda ron
ricardo rick ricky
richard rick dick rich richie ricky dickie ritchie rickie
robert bob rob bobby robbie bert robin bobbie roberto rab dob
roberta bobbie robbie bert
robin rob robyn
roderick rod rick roddy
rodney rod roddy
roger rog rodge hodge
roland rollo rolly rowland
ronald ron ronnie ronny
rosalind ros roz rosie
rosamund ros rose
rosanna rose roseanne
rosemary rose rosie romy
rowena ro
roxanne roxy rox
rudolph rudy rolf
rupert rup
russell russ rusty
ruth ruthie
ryan ry
sabrina brina
salvatore sal
samantha sam sammy sammie
samuel sam sammy
sandra sandy sandi
sarah sally sadie sara sal
scott scotty
sean shaun shawn shane
sebastian seb bas bastian basti
selina lina selena
seth sethy
sharon shaz shari
sheila shelia
shelley shell shelly
shirley shirl
sidney sid sydney
silas si
silvester sly sylvester
simon si sy
solomon sol solly
sophia sophie soph sofia
spencer spence
stanley stan
stella star
stephanie steph stephie steffi stefanie
stephen steve stevie steven stephan stefan esteban
steven steve stevie stephen
stuart stu stewart stew
susan sue susie suzie suzy susannah sukie susanna suzanne
susannah sue susie suzanna anna susanna
suzanne sue suzie susan suzy
sylvia sylvie silvia syl
tabitha tabby
tamara tammy tam mara
tamsin tam tammy
tanya tania tan
terence terry terrance tel terrence
teresa terry tess terri tessa theresa tracy tessie resa reese therese
thaddeus tad thad ted
theodora theo dora thea
theodore ted teddy theo
thomas tom tommy thom tomas
tiffany tiff
timothy tim timmy
tobias toby
todd toddy
tracy trace tracey
travis trav
trevor trev
tristan tris
tyler ty
ursula ursie sula uschi
valentine val
valerie val
vanessa nessa van ness
vernon vern
veronica ronnie ron vera ronni
victor vic
victoria vicky vicki tori vic viki vickie queenie
vincent vin vince vinnie
viola vi
violet vi lettie
virginia ginny gina ginger virgie
vivian viv vivienne
wallace wally
walter walt wally wat
warren waz
wendy wen
wesley wes
wilbur will
wilfred wilf fred will wilfrid
wilhelmina mina billie minnie willa
willard will
william bill will billy willy liam willie wills guillermo wilhelm
winifred winnie freda fred win
winston win winnie
woodrow woody
yolanda yoli
yvonne vonnie evonne
zachary zach zac zack zak zachariah zackary
zoe zoey
johannes hans hannes johann joe
joachim jochen achim
jurgen jurg
wilhelm willi willy
friedrich fritz fred
heinrich heinz heiner henry
gerhard gerd
eberhard ebbi
ulrich uli ulli
manfred manni fred
siegfried sigi
rudolf rudi rolf
ludwig lutz
josef sepp joseph jupp
matthias matze matt
sigrid siggi
gabriele gabi gaby
susanne susi sanne
hildegard hilde
angelika geli
margarete grete gretel
katharina kathi katja kathrin
brigitte gitte
waltraud traudl
francisco paco pancho francis
jose pepe joseph
ignacio nacho
enrique quique henry
guadalupe lupe
dolores lola lolita
concepcion concha conchita
alexei alyosha aleksei alexey
dmitri dima mitya dmitry
vladimir vova volodya
ekaterina katya catherine
tatiana tanya
`;
var groups = /* @__PURE__ */ new Map();
for (const line of TABLE.trim().split("\n")) {
  const [head = "", ...forms2] = line.split(" ");
  for (const form of [head, ...forms2]) {
    const known3 = groups.get(form) ?? [];
    if (!known3.includes(head)) groups.set(form, [...known3, head]);
  }
}
function nameGroups(name2) {
  const plain = plainName(name2);
  return groups.get(plain) ?? [plain];
}
function plainName(name2) {
  const lower = name2.trim().toLowerCase();
  return /^[a-z]*$/.test(lower) ? lower : lower.normalize("NFD").replace(/[^\p{L}]/gu, "");
}

// src/commands/dedupe/tokens.ts
var known = /* @__PURE__ */ new WeakMap();
function tokensOf(field) {
  const held = known.get(field);
  if (held) return held;
  const numbers = /* @__PURE__ */ new Map();
  const texts = [];
  const lists = field.words.map((word) => {
    const own = /* @__PURE__ */ new Set();
    for (const token of word.split(" ")) {
      let number = numbers.get(token);
      if (number === void 0) {
        number = texts.length;
        numbers.set(token, number);
        texts.push(token);
      }
      own.add(number);
    }
    return [...own];
  });
  const tokens = { lists: packLists(lists), hashes: Uint32Array.from(texts, textHash), texts };
  known.set(field, tokens);
  return tokens;
}
function aliasesOf(words5) {
  const numbers = /* @__PURE__ */ new Map();
  return packLists(
    words5.map(
      (word) => nameGroups(word).map((group) => {
        const known3 = numbers.get(group) ?? numbers.size;
        numbers.set(group, known3);
        return known3;
      })
    )
  );
}

// src/commands/dedupe/compare.ts
var lengthsOf = ({ starts }) => (word) => starts[word + 1] - starts[word];
var givenLevels = {
  levels: ["different", "alike", "close", "very close", "short form", "swapped", "same"],
  typical: [0.07, 0.02, 0.04, 0.08, 0.08, 0.03, 0.68],
  level: (field) => {
    const words5 = packWords(field.words);
    const [alike, aliases, length] = [jaroWinkler(words5), aliasesOf(field.words), lengthsOf(words5)];
    return (one, other2) => {
      if (commonOf(aliases, one, other2) > 0) return 4;
      const likeness = alike(one, other2);
      if (likeness >= 0.92) return 3;
      if (likeness >= 0.85) return 2;
      if (likeness < 0.7) return 0;
      return Math.min(length(one), length(other2)) === 1 ? 2 : 1;
    };
  }
};
var surnameLevels = {
  levels: ["different", "alike", "close", "very close", "same"],
  typical: [0.08, 0.02, 0.04, 0.1, 0.76],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words));
    return (one, other2) => {
      const likeness = alike(one, other2);
      return likeness >= 0.92 ? 3 : likeness >= 0.85 ? 2 : likeness >= 0.7 ? 1 : 0;
    };
  }
};
function overlapOf(lists) {
  const { starts } = lists;
  return (one, other2) => {
    const first = starts[one + 1] - starts[one];
    const second = starts[other2 + 1] - starts[other2];
    const shorter = first < second ? first : second;
    return shorter === 0 ? 0 : commonOf(lists, one, other2) / shorter;
  };
}
var nameLevels = {
  levels: ["different", "alike", "close", "very close", "same"],
  typical: [0.05, 0.05, 0.08, 0.12, 0.7],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words));
    const overlap = overlapOf(tokensOf(field).lists);
    return (one, other2) => {
      const share = overlap(one, other2);
      if (share === 1) return 3;
      const likeness = alike(one, other2);
      if (likeness >= 0.94) return 3;
      if (likeness >= 0.88 || share >= 0.6) return 2;
      return likeness >= 0.75 || share > 0 ? 1 : 0;
    };
  }
};
var agreements = { equal: 4, homophone: 3, surname: 2, near: 1, other: 0 };
var chineseLevels = {
  levels: ["different", "one character or sound", "surname alone", "same sound", "same"],
  typical: [0.04, 0.04, 0.06, 0.12, 0.74],
  level: (field) => {
    const western = nameLevels.level(field);
    return (one, other2) => {
      const [a, b] = [field.chinese?.[one], field.chinese?.[other2]];
      return a && b ? agreements[compareChineseNames(a, b)] : western(one, other2);
    };
  }
};
var emailLevels = {
  levels: ["different", "alike", "close", "same before the @", "same"],
  typical: [0.2, 0.02, 0.05, 0.05, 0.68],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words));
    const locals = packNumbers(field.words.map(localPart));
    return (one, other2) => {
      if (locals[one] === locals[other2]) return 3;
      const likeness = alike(one, other2);
      return likeness >= 0.9 ? 2 : likeness >= 0.8 ? 1 : 0;
    };
  }
};
var localPart = (email) => email.slice(0, Math.max(0, email.lastIndexOf("@"))) || email;
var phoneLevels = {
  levels: ["different", "two digits differ", "a digit differs", "same last seven", "same"],
  typical: [0.2, 0.02, 0.04, 0.06, 0.68],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2);
    const ends = packNumbers(field.words.map((word) => word.slice(-7)));
    return (one, other2) => ends[one] === ends[other2] ? 3 : 2 - Math.min(2, edits(one, other2) - 1);
  }
};
var dateLevels = {
  levels: [
    "different",
    "same year or day",
    "two digits differ",
    "day and month swapped",
    "a digit differs",
    "same"
  ],
  typical: [0.04, 0.03, 0.03, 0.02, 0.08, 0.8],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2);
    const years = packNumbers(field.words.map((word) => word.slice(0, 4)));
    const days = packNumbers(field.words.map((word) => word.slice(4)));
    const turned = packNumbers(field.words.map((word) => word.slice(6) + word.slice(4, 6)));
    const same = packNumbers([
      ...field.words.map((word) => word.slice(4)),
      ...field.words.map((word) => word.slice(6) + word.slice(4, 6))
    ]);
    const { length } = turned;
    return (one, other2) => {
      const count = edits(one, other2);
      if (count <= 1) return 4;
      if (years[one] === years[other2] && same[one] === same[length + other2]) return 3;
      if (count === 2) return 2;
      return years[one] === years[other2] || days[one] === days[other2] ? 1 : 0;
    };
  }
};
var codeLevels = {
  levels: ["different", "two characters differ", "a character differs", "same"],
  typical: [0.13, 0.03, 0.05, 0.79],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2);
    return (one, other2) => 2 - Math.min(2, edits(one, other2) - 1);
  }
};
var numberLevels = {
  levels: ["different", "a digit differs", "same"],
  typical: [0.15, 0.05, 0.8],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 1);
    return (one, other2) => edits(one, other2) <= 1 ? 1 : 0;
  }
};
var textLevels = {
  levels: ["different", "alike", "close", "very close", "same"],
  typical: [0.18, 0.05, 0.07, 0.12, 0.58],
  level: (field) => {
    const tokens = tokensOf(field);
    const [ratio, overlap] = [levenshteinRatio(packWords(field.words), 0.65), overlapOf(tokens.lists)];
    const { starts } = tokens.lists;
    const isOne = (word) => starts[word + 1] - starts[word] < 2;
    return (one, other2) => {
      const share = overlap(one, other2);
      if (share >= 0.99 && !isOne(one) && !isOne(other2)) return 3;
      const likeness = ratio(one, other2);
      if (likeness >= 0.85) return 3;
      if (likeness >= 0.65 || share >= 0.6) return 2;
      return share >= 0.3 ? 1 : 0;
    };
  }
};
var categoryLevels = { levels: ["different", "same"], typical: [0.2, 0.8], level: () => () => 0 };
var placeLevels = {
  levels: ["different", "alike", "close", "same"],
  typical: [0.15, 0.03, 0.05, 0.77],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words));
    return (one, other2) => {
      const likeness = alike(one, other2);
      return likeness >= 0.9 ? 2 : likeness >= 0.75 ? 1 : 0;
    };
  }
};
var ladders = {
  given: givenLevels,
  surname: surnameLevels,
  name: nameLevels,
  company: nameLevels,
  site: placeLevels,
  email: emailLevels,
  phone: phoneLevels,
  date: dateLevels,
  identity: codeLevels,
  code: codeLevels,
  number: numberLevels,
  text: textLevels,
  category: categoryLevels,
  place: placeLevels
};
function packNumbers(words5) {
  const numbers = /* @__PURE__ */ new Map();
  return Int32Array.from(words5, (word) => {
    const known3 = numbers.get(word);
    if (known3 !== void 0) return known3;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  });
}
function comparisonsOf(fields2) {
  const compared = fields2.filter(({ role }) => ladders[role]);
  const [given, surname] = [compared.find(isRole("given")), compared.find(isRole("surname"))];
  const crossing = given && surname ? crossingOf(given, surname) : void 0;
  return compared.map((field) => {
    const ladder = field.chinese ? chineseLevels : ladders[field.role];
    const { levels, typical } = ladder;
    const plain = plainLevels(field, ladder);
    const crossed = crossing && (field === given || field === surname);
    const levelOf = crossed ? besideCrossings(plain, { crossing, isGiven: field === given, ladder }) : plain;
    return { field, role: field.role, levels, typical, levelOf };
  });
}
var SWAPPED = 5;
var CLOSE = 2;
var IN_PLACE = 3;
function besideCrossings(plain, { crossing, isGiven, ladder }) {
  const exact = ladder.levels.length - 1;
  return (one, other2) => {
    const level = plain(one, other2);
    if (level === exact || level >= IN_PLACE) return level;
    const crossed = crossing(one, other2);
    if (crossed === void 0) return level;
    return isGiven ? crossed === "whole" ? SWAPPED : CLOSE : -1;
  };
}
var isRole = (role) => (field) => field.role === role;
var CROSSED = 0.9;
function crossingOf(given, surname) {
  const all = [...given.words, ...surname.words];
  const numbers = packNumbers(all);
  const words5 = packWords([...new Set(all)]);
  const likeness = jaroWinkler(words5);
  const aliases = aliasesOf([...new Set(all)]);
  const close = remembered2((a, b) => Number(likeness(a, b) >= CROSSED || commonOf(aliases, a, b) > 0));
  const own = numbers.subarray(0, given.words.length);
  const family = numbers.subarray(given.words.length);
  const { units, starts } = words5;
  const isClose = (a, b) => {
    if (a === b) return true;
    if (units[starts[a]] !== units[starts[b]]) return false;
    return close(Math.min(a, b), Math.max(a, b)) === 1;
  };
  return (one, other2) => {
    const [a, b] = [given.codes[one], given.codes[other2]];
    const [c, d] = [surname.codes[one], surname.codes[other2]];
    if (a >= 0 && b >= 0 && c >= 0 && d >= 0) {
      const crossed = isClose(own[a], family[d]) && isClose(own[b], family[c]);
      return crossed ? "whole" : void 0;
    }
    if (a >= 0 && d >= 0 && b < 0 && c >= 0) return own[a] === family[d] ? "half" : void 0;
    if (b >= 0 && c >= 0 && a < 0 && d >= 0) return own[b] === family[c] ? "half" : void 0;
    if (a >= 0 && d >= 0 && c < 0 && b >= 0) return own[a] === family[d] ? "half" : void 0;
    if (b >= 0 && c >= 0 && d < 0 && a >= 0) return own[b] === family[c] ? "half" : void 0;
    return void 0;
  };
}
var CACHE = 1 << 18;
var CACHED_WORDS = 2e4;
function plainLevels(field, ladder) {
  const { codes: codes2 } = field;
  const exact = ladder.levels.length - 1;
  const level = ladder.level(field);
  const cached = field.words.length <= CACHED_WORDS ? remembered2(level) : level;
  return (one, other2) => {
    const a = codes2[one];
    const b = codes2[other2];
    if (a < 0 || b < 0) return -1;
    if (a === b) return exact;
    return a < b ? cached(a, b) : cached(b, a);
  };
}
function remembered2(level) {
  const keys = new Int32Array(2 * CACHE).fill(-1);
  const levels = new Int8Array(CACHE);
  return (one, other2) => {
    const slot = pairHash(one, other2) & CACHE - 1;
    if (keys[2 * slot] === one && keys[2 * slot + 1] === other2) return levels[slot];
    keys[2 * slot] = one;
    keys[2 * slot + 1] = other2;
    levels[slot] = level(one, other2);
    return levels[slot];
  };
}

// src/fields/companyNumber.ts
var CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
var WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
var SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
function readCompanyNumber(value) {
  const number = bare(value);
  return SHAPE.test(number) && checkOf(number) === number[17] ? number : void 0;
}
var bare = (value) => readCode(value).replaceAll("-", "");
function checkOf(number) {
  const sum = WEIGHTS.reduce(
    (total, weight3, i) => total + weight3 * CHARACTERS.indexOf(number[i]),
    0
  );
  return CHARACTERS[(31 - sum % 31) % 31];
}

// src/fields/contactWords.ts
var words = {
  email: [
    ...["email", "e mail", "mail", "email address", "e mail address", "mail address", "email id", "courriel"],
    ...[
      "correo",
      "correo electronico",
      "\u90AE\u7BB1",
      "\u90AE\u4EF6",
      "\u7535\u5B50\u90AE\u4EF6",
      "\u7535\u5B50\u90AE\u7BB1",
      "\u90AE\u7BB1\u5730\u5740",
      "\u90AE\u4EF6\u5730\u5740",
      "\u7535\u5B50\u90AE\u4EF6\u5730\u5740"
    ]
  ],
  phone: [
    ...[
      "phone",
      "mobile",
      "tel",
      "telephone",
      "cell",
      "cellphone",
      "cell phone",
      "mobile phone",
      "fax",
      "phone no"
    ],
    ...[
      "phone number",
      "mobile number",
      "telephone number",
      "contact number",
      "contact no",
      "handy",
      "telefon"
    ],
    ...[
      "mobile no",
      "tel no",
      "cell number",
      "fax number",
      "other phone",
      "assistant phone",
      "telefono",
      "telefone"
    ],
    ...[
      "whatsapp",
      "\u624B\u673A",
      "\u624B\u673A\u53F7",
      "\u624B\u673A\u53F7\u7801",
      "\u7535\u8BDD",
      "\u7535\u8BDD\u53F7\u7801",
      "\u8054\u7CFB\u7535\u8BDD",
      "\u8054\u7CFB\u65B9\u5F0F",
      "\u79FB\u52A8\u7535\u8BDD",
      "\u5EA7\u673A",
      "\u56FA\u5B9A\u7535\u8BDD"
    ],
    ...["\u56FA\u8BDD", "\u4F20\u771F", "\u529E\u516C\u7535\u8BDD", "\u5BB6\u5EAD\u7535\u8BDD", "\u8054\u7CFB\u624B\u673A"]
  ],
  birth: [
    ...["dob", "birth", "birthday", "birthdate", "birth date", "date of birth", "born", "birth day", "d o b"],
    ...[
      "geburtsdatum",
      "geburtstag",
      "date de naissance",
      "fecha de nacimiento",
      "\u751F\u65E5",
      "\u51FA\u751F\u65E5\u671F",
      "\u51FA\u751F\u5E74\u6708",
      "\u51FA\u751F"
    ],
    ...["\u51FA\u751F\u5E74\u6708\u65E5", "\u751F\u8FB0"]
  ],
  updated: [
    ...[
      "updated",
      "updated at",
      "updated on",
      "last updated",
      "update time",
      "updated date",
      "modified",
      "modified at"
    ],
    ...[
      "last modified",
      "last modified date",
      "modified time",
      "modified date",
      "last update",
      "last activity date"
    ],
    ...[
      "last activity",
      "date updated",
      "date modified",
      "system modstamp",
      "last modified time",
      "last changed"
    ],
    ...["\u66F4\u65B0\u65F6\u95F4", "\u4FEE\u6539\u65F6\u95F4", "\u6700\u540E\u4FEE\u6539\u65F6\u95F4", "\u6700\u8FD1\u66F4\u65B0\u65F6\u95F4", "\u6700\u540E\u66F4\u65B0\u65F6\u95F4", "\u66F4\u65B0\u65E5\u671F", "\u4FEE\u6539\u65E5\u671F"]
  ],
  date: [
    ...[
      "date",
      "time",
      "datetime",
      "timestamp",
      "created",
      "created at",
      "created on",
      "created date",
      "created time"
    ],
    ...[
      "create date",
      "date created",
      "create time",
      "creation date",
      "registered",
      "registered at",
      "signup date"
    ],
    ...[
      "registration date",
      "order date",
      "join date",
      "joined",
      "since",
      "customer since",
      "first seen",
      "last seen"
    ],
    ...[
      "last order",
      "last order date",
      "first order date",
      "sign up date",
      "date added",
      "member since",
      "day"
    ],
    ...[
      "\u65E5\u671F",
      "\u65F6\u95F4",
      "\u521B\u5EFA\u65F6\u95F4",
      "\u521B\u5EFA\u65E5\u671F",
      "\u6CE8\u518C\u65F6\u95F4",
      "\u6CE8\u518C\u65E5\u671F",
      "\u4E0B\u5355\u65F6\u95F4",
      "\u5165\u4F1A\u65F6\u95F4",
      "\u5165\u4F1A\u65E5\u671F",
      "\u5EFA\u6863\u65F6\u95F4"
    ]
  ],
  given: [
    ...[
      "given",
      "given name",
      "given names",
      "first",
      "first name",
      "firstname",
      "forename",
      "forenames",
      "fname"
    ],
    ...["f name", "christian name", "vorname", "prenom", "nombre", "\u540D", "\u540D\u5B57"]
  ],
  surname: [
    ...[
      "surname",
      "last",
      "last name",
      "lastname",
      "family name",
      "familyname",
      "lname",
      "l name",
      "second name"
    ],
    ...["nachname", "nom", "nom de famille", "apellido", "apellidos", "\u59D3", "\u59D3\u6C0F"]
  ],
  company: [
    ...[
      "company",
      "company name",
      "organisation",
      "organization",
      "organisation name",
      "organization name",
      "business"
    ],
    ...["business name", "account name", "account", "employer", "firm", "firma", "corporation", "legal name"],
    ...[
      "\u516C\u53F8",
      "\u516C\u53F8\u540D\u79F0",
      "\u4F01\u4E1A",
      "\u4F01\u4E1A\u540D\u79F0",
      "\u5355\u4F4D",
      "\u5355\u4F4D\u540D\u79F0",
      "\u5DE5\u4F5C\u5355\u4F4D",
      "\u673A\u6784\u540D\u79F0",
      "\u6240\u5728\u516C\u53F8",
      "\u6240\u5C5E\u516C\u53F8"
    ]
  ],
  name: [
    ...[
      "name",
      "full name",
      "fullname",
      "person",
      "contact",
      "contact name",
      "customer name",
      "display name",
      "client"
    ],
    ...[
      "customer",
      "recipient",
      "recipient name",
      "buyer name",
      "person name",
      "addressee",
      "cardholder",
      "who"
    ],
    ...[
      "\u59D3\u540D",
      "\u5BA2\u6237\u59D3\u540D",
      "\u8054\u7CFB\u4EBA",
      "\u8054\u7CFB\u4EBA\u59D3\u540D",
      "\u6536\u8D27\u4EBA",
      "\u6536\u8D27\u4EBA\u59D3\u540D",
      "\u5BA2\u6237\u540D\u79F0",
      "\u5BA2\u6237\u540D",
      "\u4F1A\u5458\u59D3\u540D",
      "\u771F\u5B9E\u59D3\u540D"
    ],
    ...["\u6536\u4EF6\u4EBA", "\u7528\u6237\u540D\u79F0", "\u987E\u5BA2\u59D3\u540D", "\u540D\u79F0", "\u5BA2\u6237", "\u4F1A\u5458"]
  ],
  address: [
    ...[
      "address",
      "street",
      "street address",
      "address line",
      "addr",
      "street name",
      "street number",
      "house number"
    ],
    ...[
      "full address",
      "postal address",
      "address 1",
      "address 2",
      "address 3",
      "address line 1",
      "address line 2"
    ],
    ...[
      "street 1",
      "street 2",
      "house",
      "apartment",
      "unit",
      "strasse",
      "stra\xDFe",
      "adresse",
      "direccion",
      "adres"
    ],
    ...[
      "\u5730\u5740",
      "\u8BE6\u7EC6\u5730\u5740",
      "\u6536\u8D27\u5730\u5740",
      "\u8857\u9053",
      "\u8857\u9053\u5730\u5740",
      "\u8054\u7CFB\u5730\u5740",
      "\u5BB6\u5EAD\u5730\u5740",
      "\u901A\u8BAF\u5730\u5740",
      "\u4F4F\u5740",
      "\u6536\u4EF6\u5730\u5740",
      "\u5C45\u4F4F\u5730\u5740"
    ]
  ],
  city: [
    ...[
      "city",
      "town",
      "suburb",
      "locality",
      "place",
      "municipality",
      "city name",
      "village",
      "ort",
      "stadt",
      "ville"
    ],
    ...["ciudad", "\u57CE\u5E02", "\u5E02", "\u6240\u5728\u57CE\u5E02", "\u5730\u5E02", "\u57CE\u5E02\u540D\u79F0"]
  ],
  district: [
    "district",
    "county",
    "borough",
    "neighborhood",
    "\u533A",
    "\u533A\u53BF",
    "\u53BF",
    "\u53BF\u533A",
    "\u533A\u57DF",
    "\u884C\u653F\u533A",
    "\u6240\u5728\u533A"
  ],
  region: [
    ...[
      "region",
      "state",
      "province",
      "state province",
      "province code",
      "state code",
      "territory",
      "bundesland"
    ],
    ...["department", "prefecture", "\u7701", "\u7701\u4EFD", "\u6240\u5728\u7701\u4EFD", "\u6240\u5728\u7701", "\u5730\u533A", "\u7701\u5E02"]
  ],
  country: [
    ...[
      "country",
      "nation",
      "country code",
      "country name",
      "country region",
      "land",
      "pays",
      "pais",
      "nationality"
    ],
    ...["\u56FD\u5BB6", "\u56FD\u7C4D", "\u56FD\u5BB6\u5730\u533A", "\u6240\u5728\u56FD\u5BB6"]
  ],
  postcode: [
    ...[
      "postcode",
      "post code",
      "zip",
      "zip code",
      "zipcode",
      "postal code",
      "postalcode",
      "plz",
      "postleitzahl",
      "pin"
    ],
    ...["pincode", "pin code", "zip postal code", "code postal", "codigo postal", "eircode", "cap"],
    ...["\u90AE\u7F16", "\u90AE\u653F\u7F16\u7801", "\u6536\u8D27\u90AE\u7F16"]
  ],
  resident: [
    ...[
      "id card",
      "id card no",
      "id card number",
      "idcard",
      "resident id",
      "identity card",
      "identity card number"
    ],
    ...["\u8EAB\u4EFD\u8BC1", "\u8EAB\u4EFD\u8BC1\u53F7", "\u8EAB\u4EFD\u8BC1\u53F7\u7801", "\u8BC1\u4EF6\u53F7", "\u8BC1\u4EF6\u53F7\u7801", "\u516C\u6C11\u8EAB\u4EFD\u53F7\u7801"]
  ],
  "company number": [
    ...[
      "unified social credit code",
      "uscc",
      "credit code",
      "\u7EDF\u4E00\u793E\u4F1A\u4FE1\u7528\u4EE3\u7801",
      "\u793E\u4F1A\u4FE1\u7528\u4EE3\u7801",
      "\u4FE1\u7528\u4EE3\u7801",
      "\u7EB3\u7A0E\u4EBA\u8BC6\u522B\u53F7",
      "\u7A0E\u53F7"
    ]
  ],
  identity: [
    ...[
      "ssn",
      "soc sec id",
      "social security",
      "social security number",
      "soc sec",
      "national id",
      "passport",
      "nino"
    ],
    ...[
      "passport number",
      "passport no",
      "tax id",
      "tax number",
      "vat number",
      "vat id",
      "vat",
      "tin",
      "nhs number"
    ],
    ...[
      "driver licence",
      "driver license",
      "drivers license",
      "licence number",
      "aadhaar",
      "cpf",
      "cnpj",
      "abn",
      "ein"
    ],
    ...["\u62A4\u7167", "\u62A4\u7167\u53F7", "\u62A4\u7167\u53F7\u7801"]
  ],
  sex: ["sex", "gender", "geschlecht", "sexe", "sexo", "\u6027\u522B"],
  age: ["age", "alter", "edad", "\u5E74\u9F84", "years old"],
  id: [
    ...[
      "id",
      "uuid",
      "guid",
      "key",
      "no",
      "nr",
      "number",
      "row",
      "row id",
      "row number",
      "record",
      "record id",
      "index"
    ],
    ...[
      "external id",
      "customer id",
      "customer no",
      "customer number",
      "user id",
      "member id",
      "client id",
      "rec id"
    ],
    ...[
      "account id",
      "contact id",
      "lead id",
      "cluster",
      "true cluster",
      "cluster id",
      "entity id",
      "unique id"
    ],
    ...[
      "order id",
      "order no",
      "order number",
      "sku",
      "code",
      "unnamed 0",
      "rowid",
      "line",
      "username",
      "user name"
    ],
    ...[
      "\u7F16\u53F7",
      "\u5BA2\u6237\u7F16\u53F7",
      "\u5BA2\u6237id",
      "\u4F1A\u5458\u53F7",
      "\u4F1A\u5458\u7F16\u53F7",
      "\u4F1A\u5458\u5361\u53F7",
      "\u5E8F\u53F7",
      "\u5361\u53F7",
      "\u8BA2\u5355\u53F7",
      "\u8BA2\u5355\u7F16\u53F7",
      "\u7528\u6237id",
      "\u884C\u53F7"
    ],
    ...["\u5DE5\u53F7", "\u4E3B\u952E", "\u6635\u79F0", "\u7528\u6237\u540D", "\u5FAE\u4FE1", "\u5FAE\u4FE1\u53F7", "qq", "qq\u53F7", "openid", "unionid"]
  ],
  price: ["price", "unit price", "list price", "unit cost", "\u5355\u4EF7", "\u4EF7\u683C", "\u552E\u4EF7", "\u5546\u54C1\u5355\u4EF7"],
  quantity: [
    ...[
      "quantity",
      "qty",
      "units",
      "orders",
      "order count",
      "orders count",
      "total orders",
      "number of orders",
      "count"
    ],
    ...["\u6570\u91CF", "\u8BA2\u5355\u6570", "\u8D2D\u4E70\u6570\u91CF", "\u6D88\u8D39\u6B21\u6570", "\u8D2D\u4E70\u6B21\u6570", "\u4EF6\u6570", "\u79EF\u5206"]
  ],
  currency: ["currency", "currency code", "currency iso code", "\u5E01\u79CD", "\u8D27\u5E01", "\u5E01\u522B"],
  amount: [
    ...[
      "amount",
      "total",
      "total spent",
      "spent",
      "revenue",
      "sales",
      "order total",
      "balance",
      "income",
      "salary"
    ],
    ...[
      "annual revenue",
      "lifetime value",
      "ltv",
      "total amount",
      "net amount",
      "line total",
      "subtotal",
      "spend"
    ],
    ...[
      "\u91D1\u989D",
      "\u603B\u91D1\u989D",
      "\u6D88\u8D39\u91D1\u989D",
      "\u7D2F\u8BA1\u6D88\u8D39",
      "\u7D2F\u8BA1\u6D88\u8D39\u91D1\u989D",
      "\u5B9E\u4ED8\u91D1\u989D",
      "\u4F59\u989D",
      "\u6536\u5165",
      "\u5E74\u6536\u5165",
      "\u9500\u552E\u989D"
    ]
  ],
  status: [
    ...[
      "status",
      "stage",
      "lifecycle stage",
      "lead status",
      "order status",
      "account status",
      "customer status"
    ],
    ...["\u72B6\u6001", "\u6210\u4EA4\u72B6\u6001", "\u751F\u547D\u72B6\u6001", "\u5BA2\u6237\u72B6\u6001", "\u8BA2\u5355\u72B6\u6001"]
  ],
  source: [
    ...[
      "source",
      "lead source",
      "channel",
      "origin",
      "source system",
      "system",
      "data source",
      "traffic source"
    ],
    ...["\u6765\u6E90", "\u6E20\u9053", "\u5BA2\u6237\u6765\u6E90", "\u7EBF\u7D22\u6765\u6E90", "\u6765\u6E90\u6E20\u9053", "\u6570\u636E\u6765\u6E90"]
  ],
  url: ["url", "website", "web", "homepage", "web site", "link", "\u7F51\u5740", "\u7F51\u7AD9", "\u5B98\u7F51", "\u516C\u53F8\u7F51\u5740"],
  note: [
    ...[
      "note",
      "notes",
      "comment",
      "comments",
      "description",
      "remark",
      "remarks",
      "memo",
      "tags",
      "tag",
      "message"
    ],
    ...["\u5907\u6CE8", "\u8BF4\u660E", "\u63CF\u8FF0", "\u6807\u7B7E", "\u7559\u8A00", "\u5BA2\u6237\u5907\u6CE8"]
  ]
};
var WHOSE = /^(?:customer|client|contact|account|person|user|member|buyer|recipient|lead|default|mailing|billing|shipping|delivery|other|home|work|business|primary|secondary|main|personal|private|postal|residential|permanent|current|invoice|ship to|bill to|ship|bill|shopper|patient|employee|alternate|alternative|address)\s+/;
var WHOSE_CHINESE = /^(?:客户|会员|联系人|收货人?|收件人?|买家|用户|顾客|注册|公司|企业|常用|备用|主要|个人|家庭|办公|工作|最新|默认|所在|账单|寄送|邮寄)(?=.)/;
var meanings = /* @__PURE__ */ new Map();
for (const meaning of Object.keys(words)) {
  for (const header2 of words[meaning]) if (!meanings.has(header2)) meanings.set(header2, meaning);
}
var loose = [
  [
    /^(?:is|has|accepts?|do not|allow|send|opt|number of|no of|last|email)\b.*(?:marketing|opt|subscri|deleted|verified|valid|exempt)/,
    "status"
  ],
  [/\be ?mail\b|邮箱|电子邮/, "email"],
  [/\b(?:phone|mobile|tel|telephone|fax|cell)\b(?! (?:type|model|brand))|手机|电话|传真/, "phone"],
  [/身份证/, "resident"],
  [/信用代码/, "company number"],
  [/\b(?:birth|dob|birthday|birthdate)\b|生日|出生/, "birth"],
  [/\b(?:updated|modified)\b|(?:更新|修改)(?:时间|日期)$/, "updated"],
  [/\b(?:zip|postcode|postal code)\b|邮编|邮政编码/, "postcode"],
  [/\b(?:given|first)[ _]?names?\b|\bforename\b/, "given"],
  [/\b(?:last|family)[ _]?name\b|\bsurname\b/, "surname"],
  [/\b(?:ids?|uuid|guid|key|no|nr|code|number|cluster)(?: \d+)?$|编号$|号码?$|代码$|编码$/, "id"],
  [/\b(?:street|address|addr)\b|地址$/, "address"],
  [/\b(?:city|town|suburb)\b|城市$/, "city"],
  [/\b(?:province|state)$|省份?$/, "region"],
  [/\bcountry\b|国家/, "country"],
  [/\b(?:company|organi[sz]ation)\b|公司/, "company"],
  [/\b(?:price)\b|单价/, "price"],
  [/\b(?:quantity|qty|count)\b|数量$|次数$/, "quantity"],
  [/\b(?:amount|total|revenue|spend|spent|sales)\b|金额|销售额/, "amount"],
  [/\b(?:date|time|timestamp|day)\b|\b\w+ (?:at|on)$|时间$|日期$/, "date"],
  [/\b(?:status|stage)\b|状态$/, "status"],
  [/\b(?:source|channel)\b|来源$|渠道$/, "source"],
  [/\b(?:notes?|comments?|remarks?)\b|备注/, "note"],
  [/\bname$|姓名$/, "name"]
];
function meaningOfHeader(header2) {
  const whole3 = wordsOf(header2);
  for (const each of [whole3, whole3.replace(/ ?\d+$/, "")]) {
    for (let rest = each; rest !== ""; ) {
      const meaning = meanings.get(rest);
      if (meaning) return meaning;
      const shorter = rest.replace(WHOSE, "").replace(WHOSE_CHINESE, "");
      if (shorter === rest) break;
      rest = shorter;
    }
  }
  return loose.find(([pattern]) => pattern.test(whole3))?.[1];
}
function wordsOf(header2) {
  return header2.normalize("NFKC").replace(/\([^()]*\)|\[[^[\]]*\]/g, " ").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2").replace(/(\p{L})(\d)/gu, "$1 $2").toLowerCase().normalize("NFD").replace(/\p{Diacritic}/gu, "").normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// src/fields/email.ts
var LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
var QUOTED = /^"[^\s"\\]+"$/;
var LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
var TOP = /^(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u;
var [LOCAL_LENGTH, LENGTH] = [64, 254];
function readEmail(value) {
  const address = plainText(value).normalize("NFKC").toLowerCase().replace(/\s*([@.])\s*/g, "$1");
  const at = address.lastIndexOf("@");
  if (at < 1 || at > LOCAL_LENGTH || address.length > LENGTH) return void 0;
  const local = address.slice(0, at);
  const isLocal = LOCAL.test(local) || QUOTED.test(local);
  return isLocal && isDomain(address.slice(at + 1)) && !isMasked(address) ? address : void 0;
}
function isDomain(domain) {
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP.test(labels.at(-1) ?? "");
}
var POPULAR = [
  ...["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "googlemail.com", "live.com"],
  ...["protonmail.com", "yahoo.co.uk", "hotmail.co.uk", "comcast.net", "verizon.net", "web.de", "gmx.de"],
  ...["gmx.net", "orange.fr", "wanadoo.fr", "yandex.ru", "bigpond.com", "qq.com", "163.com", "126.com"],
  ...["sina.com", "sohu.com", "foxmail.com", "aliyun.com", "yeah.net", "139.com", "189.cn"]
];
var REAL = /* @__PURE__ */ new Set([
  ...POPULAR,
  ...["ymail.com", "email.com", "mail.com", "gmx.com", "gmx.at", "gmx.ch", "hotmail.fr", "hotmail.de"],
  ...["hotmail.it", "hotmail.es", "hotmail.se", "outlook.fr", "outlook.de", "outlook.es", "outlook.it"],
  ...["outlook.cn", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.it", "yahoo.cn", "yahoo.ca", "yahoo.in"],
  ...["yahoo.co.jp", "yahoo.co.in", "live.fr", "live.cn", "live.it", "live.nl", "sina.cn", "yandex.com"],
  ...["orange.net", "bigpond.net", "comcast.com", "verizon.com", "aliyun.cn", "sohu.net", "yahoo.com.br"]
]);

// src/fields/currency.ts
var codes = new Set(
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL".split(" ")
);
var currencies = {
  "\u20AC": "EUR",
  "\xA3": "GBP",
  "\u20B9": "INR",
  "\u09F3": "BDT",
  "\u20A9": "KRW",
  "\u20BD": "RUB",
  "\u20BA": "TRY",
  "\u20B4": "UAH",
  "\u0E3F": "THB",
  "\u20AB": "VND",
  "\u20AA": "ILS",
  "\u20B1": "PHP",
  "\u20A6": "NGN",
  "\u20B8": "KZT",
  US$: "USD",
  HK$: "HKD",
  NT$: "TWD",
  C$: "CAD",
  CA$: "CAD",
  A$: "AUD",
  AU$: "AUD",
  NZ$: "NZD",
  S$: "SGD",
  SG$: "SGD",
  R$: "BRL",
  MX$: "MXN",
  "CN\xA5": "CNY",
  "JP\xA5": "JPY",
  "CN\uFFE5": "CNY",
  "JP\uFFE5": "JPY",
  RMB: "CNY",
  CNH: "CNY",
  \u5143: "CNY",
  \u5706: "CNY",
  \u5757: "CNY",
  \u4EBA\u6C11\u5E01: "CNY",
  \u7F8E\u5143: "USD",
  \u7F8E\u91D1: "USD",
  \u6B27\u5143: "EUR",
  \u82F1\u9551: "GBP",
  \u65E5\u5143: "JPY",
  \u5186: "JPY",
  \u6E2F\u5143: "HKD",
  \u6E2F\u5E01: "HKD",
  \uC6D0: "KRW",
  z\u0142: "PLN",
  K\u010D: "CZK",
  Ft: "HUF",
  \u0440\u0443\u0431: "RUB",
  "\u0440\u0443\u0431.": "RUB",
  \u0433\u0440\u043D: "UAH",
  \u043B\u0432: "BGN",
  "\u043B\u0432.": "BGN",
  TL: "TRY",
  RM: "MYR",
  Rp: "IDR"
};
var shared = ["kr", "kr.", "Rs", "Rs.", "lei", "Lei"];
var words2 = [...Object.keys(currencies).filter((mark) => !/\p{Sc}/u.test(mark)), ...shared];
var anyMark = `[A-Z]{0,3}\\p{Sc}|${[...words2, "[A-Za-z]{3}"].sort((a, b) => b.length - a.length).join("|").replaceAll(".", "\\.")}`;
function isMark(text) {
  return /\p{Sc}$/u.test(text) || words2.includes(text) || codes.has(text.toUpperCase()) || /^rmb$/i.test(text);
}
function currencyOf(mark) {
  const code = mark.toUpperCase();
  return currencies[mark] ?? currencies[code] ?? (codes.has(code) ? code : void 0);
}

// src/fields/numberforms.ts
var numberForms = [
  ...["grouped", "lakh", "mark", "sign", "brackets", "sign behind"],
  ...["myriad", "exponent", "percent"]
];
var myriads = {
  \u5343: 3,
  \u4E07: 4,
  \u842C: 4,
  \u5341\u4E07: 5,
  \u767E\u4E07: 6,
  \u5343\u4E07: 7,
  \u4EBF: 8,
  \u5104: 8,
  \u4E07\u4EBF: 12
};
var MYRIADS = Object.keys(myriads).sort((a, b) => b.length - a.length).join("|");
var quoted = (character) => character === "." ? "\\." : character;
function digitsPattern({ decimal, forms: own, groupings }) {
  const whole3 = own.includes("grouped") ? groupings.map((group) => `[1-9][0-9]{0,2}(?:${quoted(group)}[0-9]{3})+`) : [];
  if (own.includes("lakh")) whole3.push("[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}");
  const point = quoted(decimal);
  return `(?:${[...whole3, "[0-9]+"].join("|")})(?:${point}[0-9]*)?|${point}[0-9]+`;
}
function numberPattern(writing, loosely) {
  const digits = loosely?.digits ?? digitsPattern(writing);
  const has = (trait, pattern) => writing.forms.includes(trait) ? pattern : "";
  const mark = (key) => has("mark", `(?<${key}>${writing.markPattern})`);
  const signed = (bracket, sign) => has("brackets", `(?<${bracket}>\\(?) ?`) + has("sign", `(?<${sign}>[-+]?) ?`);
  const before = writing.forms.includes("mark") ? `(?:${mark("p")} ?)?${signed("c", "d")}` : "";
  const behind = (key) => has("sign behind", `(?: ?(?<${key}>[-+]))?`);
  const closing = (key) => has("brackets", `(?: ?(?<${key}>\\)))?`);
  return [
    `^${signed("a", "b")}${before}(?<n>${digits})`,
    has("exponent", "(?:[eE](?<e>[-+]?[0-9]{1,2}))?"),
    has("myriad", `(?: ?(?<k>${MYRIADS}))?`),
    has("percent", `(?: ?(?<r>%))${loosely ? "?" : ""}`),
    `${closing("f")}${behind("g")}`,
    has("mark", `(?: ?${mark("q")})?${behind("h")}${closing("i")}`),
    "$"
  ].join("");
}
var SIGNS = ["a", "b", "c", "d", "f", "g", "h", "i"];
var signs = { "": "", "+": "", "-": "-", "()": "-" };
function signOf(groups2) {
  return signs[SIGNS.map((key) => groups2[key] ?? "").join("")];
}
function plainDigits(digits, decimal) {
  return decimal === "." ? digits.replace(/[^0-9.]/g, "") : digits.replace(/[^0-9,]/g, "").replace(",", ".");
}
function shiftOf({ e, k, r }) {
  return Number(e ?? 0) + (k ? myriads[k] ?? 0 : 0) - (r ? 2 : 0);
}
var DIGITS2 = 12;
var DECIMALS = 6;
function exactText(sign, digits, shift) {
  const [whole3 = "", fraction = ""] = digits.split(".");
  const zeros = "0".repeat(Math.abs(shift) + 1);
  const all = zeros + whole3 + fraction + zeros;
  const point = zeros.length + whole3.length + shift;
  const units = BigInt(all.slice(0, point) + all.slice(point).padEnd(DECIMALS, "0").slice(0, DECIMALS));
  const value = units + ((all[point + DECIMALS] ?? "0") >= "5" ? 1n : 0n);
  if (value >= 10n ** BigInt(DIGITS2 + DECIMALS)) return void 0;
  const text = String(value).padStart(DECIMALS + 1, "0");
  const decimals = text.slice(-DECIMALS).replace(/0+$/, "");
  return `${value === 0n ? "" : sign}${text.slice(0, -DECIMALS)}${decimals && "."}${decimals}`;
}
var decimalType = sql`decimal(18, 6)`;

// src/fields/money.ts
var PLAIN2 = /^-?[0-9]+(?:\.[0-9]+)?$/;
var PLAIN_WHOLE = /^-?[0-9]+$/;
var plainFor = (decimal) => decimal === "." ? PLAIN2 : PLAIN_WHOLE;
var groupingsOf = {
  ".": [",", " ", "'"],
  ",": [".", " ", "'"]
};
var loose2 = { decimal: ".", forms: numberForms, groupings: [], markPattern: anyMark };
var looseRegexp = new RegExp(numberPattern(loose2, { digits: "[0-9][0-9., ']*[0-9.,]|[.,]?[0-9]+" }), "u");
var digitsOf = (decimal) => {
  const own = decimal === "." ? ["grouped", "lakh"] : ["grouped"];
  return new RegExp(numberPattern({ decimal, forms: own, groupings: groupingsOf[decimal], markPattern: "" }));
};
var digitsRegexps = { ".": digitsOf("."), ",": digitsOf(",") };
function weighed2(seen) {
  const text = plainText(seen.value);
  const groups2 = PLAIN2.test(text) ? plainGroups(text) : looseRegexp.exec(text)?.groups;
  if (!groups2 || signOf(groups2) === void 0) return void 0;
  if (![groups2["p"], groups2["q"]].every((mark) => mark === void 0 || isMark(mark))) return void 0;
  const read = (decimal) => digitsRegexps[decimal].test(groups2["n"] ?? "") ? plainDigits(groups2["n"] ?? "", decimal) : void 0;
  const digits = { ".": read("."), ",": read(",") };
  return digits["."] === void 0 && digits[","] === void 0 ? void 0 : { seen, text, groups: groups2, digits };
}
var plainGroups = (text) => text.startsWith("-") ? { b: "-", n: text.slice(1) } : { n: text };
var seenOf = (values) => values.map(({ seen }) => seen);
var weight2 = (values) => weightOf(seenOf(values));
function numberStyle(seen, given) {
  const present = seen.filter(({ value }) => !isBlank(value));
  const all = present.flatMap((each) => weighed2(each) ?? []);
  const percent = 2 * weight2(all.filter(({ groups: groups2 }) => groups2["r"])) > weight2(all);
  const values = all.filter(({ groups: groups2 }) => percent === (groups2["r"] !== void 0));
  const { decimal, ...found } = decimalFrom(values, given);
  const inStyle = values.filter(({ digits }) => digits[decimal] !== void 0);
  const read = inStyle.filter((value) => exactOf(value, decimal) !== void 0);
  const fitting = new Set(read);
  const tooLong = firstOf(seenOf(inStyle.filter((value) => !fitting.has(value))));
  const known3 = new Set(seenOf(read));
  return {
    decimal,
    ...found,
    ...readingOf(read, decimal),
    ...natureOf(read, decimal),
    ...tooLong ? { tooLong } : {},
    percent,
    plain: present.length > 0 && present.every(({ value }) => PLAIN2.test(value)),
    share: present.length === 0 ? 0 : weight2(read) / weightOf(present),
    unread: examplesOf(present.filter((each) => !known3.has(each)))
  };
}
var SURELY_EXACT = 12;
function numberShare(seen) {
  const plain = seen.length > 0 && seen.every(({ value }) => value.length <= SURELY_EXACT && PLAIN2.test(value));
  return plain ? 1 : numberStyle(seen).share;
}
function decimalFrom(values, given) {
  const proving = (decimal2) => values.filter(({ digits }) => digits[decimal2] !== void 0 && digits[other(decimal2)] === void 0);
  const decimal = given ?? (weight2(proving(",")) > weight2(proving(".")) ? "," : ".");
  const [proof, counter] = [firstOf(seenOf(proving(decimal))), firstOf(seenOf(proving(other(decimal))))];
  const contradiction = proof && counter ? proof.line < counter.line ? [proof, counter] : [counter, proof] : void 0;
  const ambiguous = given || proof || counter ? void 0 : ambiguousIn(values, decimal);
  return {
    decimal,
    ...proof && !given ? { proof } : {},
    ...contradiction ? { contradiction } : {},
    ...ambiguous ? { ambiguous } : {}
  };
}
var other = (decimal) => decimal === "." ? "," : ".";
function ambiguousIn(values, decimal) {
  const open = values.filter(({ digits }) => digits["."] !== digits[","]);
  const first = firstOf(seenOf(open));
  const value = open.find(({ seen }) => seen === first);
  if (!first || !value) return void 0;
  const readings = [exactOf(value, decimal) ?? "", exactOf(value, other(decimal)) ?? ""];
  return { ...first, readings };
}
function exactOf({ groups: groups2, digits }, decimal) {
  const [sign, number] = [signOf(groups2), digits[decimal]];
  return sign === void 0 || number === void 0 ? void 0 : exactText(sign, number, shiftOf(groups2));
}
function readingOf(values, decimal) {
  const plain = values.filter(({ seen }) => plainFor(decimal).test(seen.value));
  const others = values.filter(({ seen }) => !plainFor(decimal).test(seen.value));
  const marks = marksOf(others);
  const groupings = countedBy(others, ({ groups: groups2 }) => groupingIn(groups2["n"] ?? "", decimal));
  return {
    hasPlain: plain.length > 0,
    hasOthers: others.length > 0,
    tidy: values.every(({ seen, text }) => seen.value === text),
    forms: numberForms.filter((form) => others.some(({ groups: groups2 }) => hasForm(form, groups2, decimal))),
    groupings: [...groupings.keys()],
    grouping: [...groupings.keys()][0],
    marks,
    markPattern: marks.map(({ mark }) => mark.replace(/[$.]/g, "\\$&")).sort((a, b) => b.length - a.length).join("|")
  };
}
function countedBy(values, key) {
  const counts = /* @__PURE__ */ new Map();
  for (const value of values) {
    const found = key(value);
    if (found !== void 0) counts.set(found, (counts.get(found) ?? 0) + value.seen.count);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}
function groupingIn(digits, decimal) {
  return groupingsOf[decimal].find((grouping) => digits.includes(grouping));
}
var LAKH = /^[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}/;
function hasForm(form, groups2, decimal) {
  const digits = groups2["n"] ?? "";
  switch (form) {
    case "lakh":
      return decimal === "." && LAKH.test(digits);
    case "grouped":
      return groupingIn(digits, decimal) !== void 0 && !hasForm("lakh", groups2, decimal);
    case "mark":
      return groups2["p"] !== void 0 || groups2["q"] !== void 0;
    case "sign":
      return Boolean(groups2["b"] || groups2["d"]);
    case "brackets":
      return Boolean(groups2["a"] || groups2["c"]);
    case "sign behind":
      return Boolean(groups2["g"] || groups2["h"]);
    case "myriad":
      return groups2["k"] !== void 0;
    case "exponent":
      return groups2["e"] !== void 0;
    case "percent":
      return groups2["r"] !== void 0;
  }
}
function marksOf(values) {
  const before = countedBy(values, ({ groups: groups2 }) => groups2["p"]);
  const behind = countedBy(values, ({ groups: groups2 }) => groups2["q"]);
  const marks = [.../* @__PURE__ */ new Set([...before.keys(), ...behind.keys()])];
  return marks.map((mark) => ({
    mark,
    currency: currencyOf(mark),
    count: (before.get(mark) ?? 0) + (behind.get(mark) ?? 0)
  })).sort((a, b) => b.count - a.count);
}
function natureOf(values, decimal) {
  const scale = values.reduce(
    (most, { digits }) => Math.max(most, digits[decimal]?.split(".")[1]?.length ?? 0),
    0
  );
  const isMoney = ({ groups: groups2 }) => !groups2["r"] && Boolean(groups2["p"] || groups2["q"] || /[.,]/.test(groups2["n"] ?? ""));
  return {
    scale,
    likelyMoney: values.some(isMoney),
    integer: values.length > 0 && values.every((value) => !exactOf(value, decimal)?.includes("."))
  };
}

// src/fields/kind.ts
var MOST = 0.9;
function kindOf(seen) {
  const values = seen.filter(({ value }) => !isBlank(value) && !isPlaceholder(value));
  if (values.length === 0) return { kind: "empty", share: 1 };
  const found = addressKind(values) ?? booleanKind(values) ?? dateKind(values) ?? codeKind(values);
  return found ?? numberKind(values) ?? wordKind(values);
}
var shareOf2 = (values, test) => weightOf(values.filter(({ value }) => test(trimmedText(value)))) / weightOf(values);
function kindByTest(values, kind, test) {
  const share = shareOf2(values, test);
  return share >= MOST ? { kind, share } : void 0;
}
var isEmail = (value) => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/.test(value);
var isUrl = (value) => /^(?:[a-z][a-z0-9+]*:\/\/|www\.)[^\s/]+\.[^\s]+$/i.test(value);
function addressKind(values) {
  return kindByTest(values, "email", isEmail) ?? kindByTest(values, "url", isUrl);
}
var opposites = [
  "true false",
  "yes no",
  "y n",
  "t f",
  "on off",
  "\u662F \u5426",
  "\u5BF9 \u9519",
  "ja nein",
  "oui non",
  "s\xED no"
];
function booleanKind(values) {
  const words5 = new Set(values.map(({ value }) => plainText(value).toLowerCase()));
  const pair = opposites.some((each) => [...words5].every((word) => each.split(" ").includes(word)));
  return pair ? { kind: "boolean", share: 1 } : void 0;
}
function dateKind(values) {
  const dates = dateStyle(values);
  if (dates.share < MOST || dates.counted) return void 0;
  return { kind: dates.hasTime ? "datetime" : "date", share: dates.share, dates };
}
var isPhone = (value) => {
  const digits = value.replace(/\D/g, "").length;
  if (digits < 7 || digits > 15 || !/^\+?[(\d][-\d ()./]*\d$/.test(value)) return false;
  return /^(?:\+|00[1-9])/.test(value) || /^(?:86)?1[3-9]\d{9}$/.test(value) || isGrouped(value);
};
var isGrouped = (value) => /^\(\d{2,5}\) ?\d{3,8}(?:[- ]\d{2,5})*$|^0\d{2,3}[- ]\d{7,8}$|^\d{2,5}(?:[-.]\d{2,5}){2,}$/.test(value);
var isLong = (value) => /^\d{16,}$/.test(value);
var isZeroLed = (value) => /^0\d+$/.test(value);
var isWrapped = (value) => /^[='"]/.test(value);
var isCode = (value) => /^#?[\p{L}\p{N}]+(?:[-_/.:|]?[\p{L}\p{N}])*$/u.test(value) && /\d/.test(value) && (/[\p{L}#]/u.test(value) || /\d{6}/.test(value));
function codeKind(values) {
  const phone = kindByTest(values, "phone", isPhone);
  if (phone) return phone;
  const ids = values.map((each) => ({ ...each, value: readId(each.value) ?? "" }));
  const isNumeral = (value) => /^\d+$/.test(value) || isDamagedId(value);
  const named = shareOf2(ids, isZeroLed) > 0 || shareOf2(ids, isLong) > 0 || shareOf2(ids, isDamagedId) >= MOST;
  const wrapped2 = shareOf2(values, isWrapped) > 0;
  if (!named && !wrapped2) return void 0;
  return kindByTest(ids, "id", (value) => isNumeral(value) || isCode(value));
}
function numberKind(values) {
  const numbers = numberStyle(values);
  if (numbers.share < MOST) return void 0;
  const { share, percent, marks, integer } = numbers;
  const kind = percent ? "percent" : marks.length > 0 ? "money" : integer ? "integer" : "decimal";
  return { kind, share, numbers };
}
function wordKind(values) {
  const isName = (value) => /^\d+$/.test(value) || isCode(value);
  return kindByTest(values, "id", isName) ?? { kind: "text", share: 1 };
}

// src/fields/residentId.ts
var PROVINCES = /* @__PURE__ */ new Set([
  ...[
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43"
  ],
  ...[
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
    "71",
    "81",
    "82",
    "83",
    "91"
  ]
]);
var WEIGHTS2 = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
var CHECKS = "10X98765432";
var FIRST_BIRTH = parseDay("1850-01-01");
function readResidentId(value) {
  const id = longForm(value);
  if (id === void 0 || problemOf(id) !== void 0) return void 0;
  const sex = Number(id[16]) % 2 === 1 ? "male" : "female";
  return { id, region: id.slice(0, 6), birth: birthOf(id), sex };
}
var bareId = (value) => readCode(value).replaceAll("-", "");
function longForm(value) {
  const id = bareId(value);
  if (/^\d{17}[\dX]$/.test(id)) return id;
  if (!/^\d{15}$/.test(id)) return void 0;
  const long = `${id.slice(0, 6)}19${id.slice(6)}`;
  return long + checkOf2(long);
}
function checkOf2(id) {
  const sum = WEIGHTS2.reduce((total, weight3, i) => total + weight3 * Number(id[i]), 0);
  return CHECKS[sum % 11];
}
function birthOf(id) {
  return parseDay(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`);
}
function problemOf(id) {
  if (!PROVINCES.has(id.slice(0, 2))) return "region";
  const birth = birthOf(id);
  if (birth === void 0 || birth < FIRST_BIRTH) return "birth date";
  return checkOf2(id) === id[17] ? void 0 : "check digit";
}

// src/fields/sex.ts
var words3 = {
  male: [
    "m",
    "male",
    "man",
    "boy",
    "\u7537",
    "\u7537\u6027",
    "\u7537\u58EB",
    "mr",
    "h",
    "homme",
    "m\xE4nnlich",
    "mann",
    "herr",
    "hombre"
  ],
  female: [
    "f",
    "female",
    "woman",
    "girl",
    "\u5973",
    "\u5973\u6027",
    "\u5973\u58EB",
    "mrs",
    "ms",
    "w",
    "femme",
    "weiblich",
    "frau",
    "mujer"
  ]
};
var known2 = new Map(
  ["male", "female"].flatMap((sex) => words3[sex].map((word) => [word, sex]))
);
function readSex(value) {
  return known2.get(folded(value).replace(/\.$/, ""));
}

// src/fields/status.ts
var words4 = {
  paid: [
    ...["paid", "completed", "complete", "shipped", "delivered", "fulfilled", "processing", "processed"],
    ...["partially refunded", "partial refund", "partially shipped", "partially fulfilled", "unshipped"],
    ...["shipped delivered to buyer", "shipping", "in transit", "success", "successful", "succeeded"],
    ...["settled", "captured", "closed won", "wc completed", "wc processing", "invoiced", "approved"],
    ...["\u5DF2\u652F\u4ED8", "\u5DF2\u4ED8\u6B3E", "\u4ED8\u6B3E\u6210\u529F", "\u652F\u4ED8\u6210\u529F", "\u5DF2\u5B8C\u6210", "\u5B8C\u6210", "\u5DF2\u53D1\u8D27", "\u5F85\u53D1\u8D27", "\u5DF2\u7B7E\u6536", "\u5DF2\u6536\u8D27"],
    ...["\u5F85\u6536\u8D27", "\u5F85\u7B7E\u6536", "\u4EA4\u6613\u6210\u529F", "\u4EA4\u6613\u5B8C\u6210", "\u8BA2\u5355\u5B8C\u6210", "\u5DF2\u6210\u4EA4", "\u90E8\u5206\u9000\u6B3E", "\u90E8\u5206\u53D1\u8D27", "\u5F85\u8BC4\u4EF7"],
    ...[
      "\u5356\u5BB6\u5DF2\u53D1\u8D27,\u7B49\u5F85\u4E70\u5BB6\u786E\u8BA4",
      "\u4E70\u5BB6\u5DF2\u4ED8\u6B3E,\u7B49\u5F85\u5356\u5BB6\u53D1\u8D27",
      "\u5356\u5BB6\u90E8\u5206\u53D1\u8D27",
      "\u5DF2\u53D1\u8D27,\u5F85\u7B7E\u6536",
      "\u5DF2\u53D1\u8D27,\u5F85\u6536\u8D27"
    ]
  ],
  unpaid: [
    ...["pending", "unpaid", "on hold", "awaiting payment", "pending payment", "payment pending", "open"],
    ...["draft", "checkout draft", "created", "authorized", "partially paid", "wc pending", "wc on hold"],
    ...["\u5F85\u4ED8\u6B3E", "\u5F85\u652F\u4ED8", "\u672A\u652F\u4ED8", "\u672A\u4ED8\u6B3E", "\u7B49\u5F85\u4E70\u5BB6\u4ED8\u6B3E", "\u7B49\u5F85\u4ED8\u6B3E"]
  ],
  cancelled: [
    ...["cancelled", "canceled", "voided", "void", "failed", "expired", "declined", "closed", "closed lost"],
    ...["unavailable", "wc cancelled", "wc failed"],
    ...["\u5DF2\u53D6\u6D88", "\u5DF2\u5173\u95ED", "\u53D6\u6D88", "\u4EA4\u6613\u5173\u95ED", "\u8BA2\u5355\u5173\u95ED", "\u8BA2\u5355\u53D6\u6D88", "\u5DF2\u4F5C\u5E9F", "\u4F5C\u5E9F", "\u4EA4\u6613\u53D6\u6D88"]
  ],
  refunded: [
    ...["refunded", "returned", "refund", "return", "charged back", "chargeback", "wc refunded"],
    ...["\u5DF2\u9000\u6B3E", "\u9000\u6B3E\u6210\u529F", "\u5DF2\u9000\u8D27", "\u5168\u989D\u9000\u6B3E", "\u9000\u8D27\u9000\u6B3E\u6210\u529F", "\u672A\u53D1\u8D27\u9000\u6B3E\u6210\u529F", "\u5DF2\u53D1\u8D27\u9000\u6B3E\u6210\u529F"]
  ]
};
var meanings2 = new Map(
  Object.keys(words4).flatMap(
    (status) => words4[status].map((word) => [word, status])
  )
);
function recognise(samples, own = {}) {
  const values = samples.filter((value) => !isBlank(value));
  const known3 = new Set(Object.values(own).flatMap((list) => list.map(folded)));
  const isKnown = (word) => known3.has(word) || meanings2.has(word);
  const unknown = values.filter((value) => !isKnown(folded(value)));
  return {
    share: values.length === 0 ? 0 : (values.length - unknown.length) / values.length,
    unknown: [...new Set(unknown.map((value) => value.trim()))].slice(0, 5)
  };
}
var STATUSES = Object.keys(words4);

// src/fields/contact.ts
var ENOUGH2 = 1e3;
var FITS = 0.5;
var FITS_EMAIL = 0.3;
var PLAINLY = 0.6;
function meaningOf(header2, seen) {
  const values = seen.filter(({ value }) => !isBlank(value) && !isPlaceholder(value) && !isMasked(value)).slice(0, ENOUGH2);
  const named = refined(meaningOfHeader(header2), values);
  if (values.length === 0) return named;
  const byValues = meaningOfValues(values);
  if (byValues && identifying.has(byValues)) return byValues;
  if (named && fits2(named, values)) return named;
  return byValues;
}
var identifying = /* @__PURE__ */ new Set(["email", "resident", "company number"]);
function refined(named, values) {
  const texts = values.slice(0, 300).map(({ value }) => value);
  if (named === "region" && texts.length > 0 && recognise(texts).share >= FITS) return "status";
  return named;
}
var shareOf3 = (values, test) => weightOf(values.filter(({ value }) => test(plainText(value)))) / weightOf(values);
var hasDigits = (count) => (value) => value.replace(/\D/g, "").length >= count;
var hasLetters = (value) => /\p{L}/u.test(value);
var isResident = (value) => readResidentId(value) !== void 0;
var isResidentShape = (value) => /^(?:\d{15}|\d{17}[\dXx])$/.test(value);
function fits2(meaning, values) {
  switch (meaning) {
    case "email":
      return shareOf3(values, (value) => value.includes("@")) >= FITS_EMAIL;
    case "phone":
      return shareOf3(values, hasDigits(5)) >= FITS;
    case "birth":
    case "date":
    case "updated":
      return dateStyle(values).share >= FITS;
    case "amount":
    case "price":
    case "quantity":
    case "age":
      return numberShare(values) >= FITS;
    case "postcode":
      return shareOf3(values, (value) => /\d/.test(value) && value.length <= 10) >= FITS;
    case "resident":
      return shareOf3(values, isResidentShape) >= FITS;
    case "company number":
    case "identity":
      return shareOf3(values, hasDigits(4)) >= FITS;
    case "sex":
      return isSexColumn(values);
    case "given":
    case "surname":
    case "name":
    case "company":
    case "city":
    case "district":
    case "region":
      return shareOf3(values, hasLetters) >= FITS && shareOf3(values, (value) => value.includes("@")) < FITS;
    default:
      return true;
  }
}
var isSexColumn = (values) => shareOf3(values, (value) => readSex(value) !== void 0) >= FITS || values.length <= 4;
function meaningOfValues(values) {
  if (shareOf3(values, (value) => readEmail(value) !== void 0) > PLAINLY) return "email";
  if (shareOf3(values, isResident) > PLAINLY) return "resident";
  if (shareOf3(values, (value) => readCompanyNumber(value) !== void 0) > PLAINLY) return "company number";
  return meaningOfKind(kindOf(values));
}
function meaningOfKind({ kind }) {
  if (kind === "date" || kind === "datetime") return "date";
  if (kind === "phone" || kind === "url" || kind === "id") return kind;
  return kind === "money" ? "amount" : void 0;
}

// src/commands/dedupe/roles.ts
var meant = {
  email: "email",
  phone: "phone",
  birth: "date",
  date: "date",
  given: "given",
  surname: "surname",
  postcode: "code",
  resident: "identity",
  "company number": "identity",
  identity: "identity",
  name: "name",
  company: "company",
  url: "site",
  sex: "category",
  updated: "skip",
  amount: "skip",
  price: "skip",
  quantity: "skip",
  currency: "skip",
  status: "skip",
  source: "skip",
  note: "skip"
};
var PLACES = ["city", "district", "region", "country"];
var NUMBER2 = /^[-+]?[\d,]+(?:\.\d+)?$/;
var IDEOGRAMS = /[\u3400-\u9fff]/g;
function profileOf(column) {
  let [weight3, numbers, digits, words5, length] = [0, 0, 0, 0, 0];
  for (const { word, count } of sampleOf(column)) {
    if (isPlaceholder(word) || isMasked(word)) continue;
    const text = word.trim();
    const ideograms = text.match(IDEOGRAMS)?.length ?? 0;
    weight3 += count;
    if (NUMBER2.test(text)) numbers += count;
    if (/\p{Nd}/u.test(text)) digits += count;
    words5 += count * Math.max(text.split(/\s+/).length, ideograms / 2);
    length += count * (text.length + ideograms);
  }
  const of = (sum) => weight3 > 0 ? sum / weight3 : 0;
  return { numbers: of(numbers), digits: of(digits), words: of(words5), length: of(length) };
}
var MOVING = ["text", "place", "code"];
var STRONG = ["email", "phone", "identity"];
var LEAST_FILLED = 0.05;
function roleOf(column) {
  const { filled, distinct, rows: rows2 } = column;
  if (filled < LEAST_FILLED * rows2 || distinct < 2) return "skip";
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }));
  const meaning = meaningOf(column.header, seen);
  const it = profileOf(column);
  const isId = meaning === "id";
  if (isRowId(column, isId, it)) return "skip";
  const named = meaning && meant[meaning];
  if (named) return named;
  if (meaning === "address" && it.words > 1.3) return "text";
  if (it.numbers > 0.8) return it.length >= 6 && distinct > 0.1 * filled ? "code" : "number";
  if (distinct < Math.max(30, Math.min(400, 0.02 * filled)) && it.words < 3.5) return "category";
  if (meaning && PLACES.includes(meaning)) return "place";
  if (it.digits > 0.8 && it.words < 1.6 && it.length < 16) return isId ? "identity" : "code";
  return it.words >= 1.8 || it.length > 18 ? "text" : "place";
}
function isRowId(column, isId, { words: words5, digits }) {
  const unique = column.distinct === column.filled && column.filled === column.rows;
  if (isId && unique && words5 < 1.5) return true;
  if (unique && digits > 0.95 && countsUp(column)) return true;
  return isId && column.distinct > 0.5 * column.filled && countsUp(column);
}
function countsUp({ words: words5, distinct }) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const word of words5) {
    if (!/^\d{1,15}$/.test(word.trim())) return false;
    const value = Number(word);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least < 3 * distinct;
}

// src/commands/dedupe/keys.ts
var WHOLE = [
  ...STRONG,
  "code",
  "date",
  "given",
  "surname",
  "name",
  "company",
  "site",
  "text",
  "place",
  "number",
  "block"
];
var LONG = ["name", "company", "text", "block"];
var PREFIXES = {
  given: 3,
  surname: 3,
  name: 3,
  company: 3,
  code: 3,
  identity: 3,
  date: 6,
  category: 0,
  place: 4,
  number: 0,
  text: 4
};
function hashed({ codes: codes2, words: words5 }, part) {
  const hashes = new Uint32Array(words5.length);
  words5.forEach((word, code) => {
    const text = part(word);
    hashes[code] = text === "" ? 0 : Math.max(1, textHash(text));
  });
  const own = new Uint32Array(codes2.length);
  for (let record = 0; record < own.length; record++) {
    const code = codes2[record];
    if (code >= 0) own[record] = hashes[code];
  }
  return own;
}
var together = (one, other2) => one.map((hash, i) => hash === 0 || other2[i] === 0 ? 0 : Math.max(1, hashOfTwo(hash, other2[i])));
var eitherWay = (one, other2) => one.map((hash, i) => {
  const second = other2[i];
  if (hash === 0 || second === 0) return 0;
  return Math.max(1, hashOfTwo(Math.min(hash, second), Math.max(hash, second)));
});
function keysOf(fields2) {
  const single = [...singleKeys(fields2)];
  const tokens = fields2.filter(({ role }) => LONG.includes(role)).map(tokenKey);
  const parts = fields2.flatMap((field) => {
    const length = PREFIXES[field.role];
    if (length === void 0) return [];
    return [{ field, hashes: hashed(field, (word) => length === 0 ? word : word.slice(0, length)) }];
  });
  const [given, surname] = [fields2.find(({ role }) => role === "given"), fields2.find(({ role }) => role === "surname")];
  const names2 = given && surname && [hashed(given, whole2), hashed(surname, whole2)];
  return function* () {
    yield* single;
    for (const [i, one] of parts.entries()) {
      for (const other2 of parts.slice(i + 1)) {
        if (one.field.role === "category" && other2.field.role === "category") continue;
        const name2 = `parts of ${one.field.header} and ${other2.field.header}`;
        yield { name: name2, hashes: together(one.hashes, other2.hashes) };
      }
    }
    if (names2) {
      const [first, second] = names2;
      yield { name: `${given.header} and ${surname.header} either way`, hashes: eitherWay(first, second) };
    }
    yield* tokens;
  };
}
var whole2 = (word) => word;
function* singleKeys(fields2) {
  for (const field of fields2) {
    const { role, header: header2 } = field;
    if (!WHOLE.includes(role)) continue;
    const strong = STRONG.includes(role);
    yield { name: `all of ${header2}`, hashes: hashed(field, whole2), strong };
    if (role === "email") yield { name: `local part of ${header2}`, hashes: hashed(field, longLocalPart) };
    if (role === "phone") {
      yield { name: `last 7 of ${header2}`, hashes: hashed(field, (word) => word.slice(-7)), strong };
    }
    if (LONG.includes(role)) {
      yield { name: `first 6 of ${header2}`, hashes: hashed(field, (word) => word.replaceAll(" ", "").slice(0, 6)) };
    }
  }
}
var longLocalPart = (email) => {
  const local = localPart(email);
  return local.length < 3 ? "" : local;
};
function tokenKey(field) {
  const { lists, hashes, texts } = tokensOf(field);
  const starts = new Uint32Array(field.codes.length + 1);
  const all = [];
  field.codes.forEach((code, record) => {
    if (code >= 0) {
      for (let at = lists.starts[code]; at < lists.starts[code + 1]; at++) {
        const token = lists.values[at];
        if (texts[token].length >= 2) all.push(Math.max(1, hashes[token]));
      }
    }
    starts[record + 1] = all.length;
  });
  return { name: `words of ${field.header}`, hashes: Uint32Array.from(all), starts };
}

// src/commands/dedupe/reasons.ts
var PLACES2 = ["category", "place", "number", "text"];
var NAMES = ["given", "surname", "name"];
function isPlace({ role, field }) {
  if (role !== "code") return PLACES2.includes(role);
  const filled = field.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
  return /post.?code|zip|plz|邮编|邮政/i.test(field.header) || field.words.length < 0.3 * filled;
}
function reasonsOf(comparisons) {
  const columns = comparisons.map((comparison, i) => ({ i, ...comparison, place: isPlace(comparison) }));
  const names2 = columns.filter(({ role }) => NAMES.includes(role));
  const seeds = names2.some(({ role }) => role === "given" || role === "surname") ? names2.filter(({ role }) => role !== "name") : names2;
  const hasGiven = names2.some(({ role }) => role === "given");
  const reasons = [];
  const add = (name2, own, freedom) => {
    reasons.push({
      name: name2,
      seeds: own,
      freedom: columns.map((column) => own.includes(column.i) ? "free" : freedom(column))
    });
  };
  if (seeds.length > 0) {
    add(
      "namesakes",
      seeds.map(({ i }) => i),
      ({ role }) => role === "email" && hasGiven ? "below exact" : NAMES.includes(role) ? "free" : "pinned"
    );
  }
  for (const { i, field } of columns.filter(({ place }) => place)) {
    add(
      `same ${field.header}`,
      [i],
      ({ role, place }) => place ? "free" : role === "phone" || role === "name" ? "below exact" : "pinned"
    );
  }
  const surname = columns.find(({ role }) => role === "surname");
  const address = columns.find(({ role }) => role === "text");
  if (surname && address) {
    add(
      "one household",
      [surname.i, address.i],
      ({ role, place }) => place || role === "phone" ? "free" : role === "name" ? "below exact" : "pinned"
    );
  }
  const company = columns.find(({ role }) => role === "company");
  if (company) {
    add(
      "one chain",
      [company.i],
      ({ role }) => role === "email" || role === "site" ? "free" : role === "phone" ? "below exact" : "pinned"
    );
  }
  const places = columns.filter(({ place }) => place);
  const both = seeds.length > 0 ? places.map((_, k) => [0, k + 1]) : [];
  return { reasons, both };
}

// src/commands/dedupe/records.ts
function recordsOf(rows2, fields2) {
  const sorted = [...fields2].sort((a, b) => a.mark - b.mark || a.words.length - b.words.length);
  const [high, low] = [new Uint32Array(rows2), new Uint32Array(rows2)];
  for (const { codes: codes2, hashes, mark } of sorted) {
    for (let row = 0; row < rows2; row++) {
      const code = codes2[row];
      if (code < 0) continue;
      const mixed = hashOfTwo(hashes[code], mark);
      high[row] = high[row] + mixed >>> 0;
      low[row] = low[row] + mixedHash(mixed + 1540483477) >>> 0;
    }
  }
  const keys = Float64Array.from(high, (each, row) => (each & 2097151) * 2 ** 32 + low[row]);
  const order = orderOf2(keys);
  const same = (one, other2) => sorted.every(({ codes: codes2 }) => codes2[one] === codes2[other2]);
  const ofRow = new Int32Array(rows2);
  const first = [];
  const sizes = [];
  order.forEach((row, i) => {
    const before = order[i - 1];
    const isSame = before !== void 0 && keys[before] === keys[row] && same(before, row);
    if (!isSame) {
      first.push(row);
      sizes.push(0);
    }
    ofRow[row] = first.length - 1;
    sizes[first.length - 1] = sizes[first.length - 1] + 1;
  });
  const heads = Int32Array.from(first);
  const own = sorted.map(
    (field) => fieldWith({ ...field, codes: Int32Array.from(heads, (row) => field.codes[row]) })
  );
  return { count: heads.length, ofRow, first: heads, rows: Int32Array.from(sizes), fields: own };
}
function orderOf2(keys) {
  const order = Int32Array.from(keys, (_, row) => row);
  return order.sort((a, b) => keys[a] - keys[b] || a - b);
}

// src/commands/dedupe/score.ts
var NAMES2 = ["given", "surname", "name", "company"];
var LEAST_BESIDE_NAMES = 1;
var MOST_RARE = 6 * Math.LN2;
function scorerOf(comparisons, mixture) {
  const width = comparisons.length;
  const exact = comparisons.map(({ levels }) => levels.length - 1);
  const logs = logLikelihoods(mixture);
  const rare = comparisons.map(
    (comparison, i) => rarityOf(comparison, mixture.random.shares[i]?.[exact[i]])
  );
  const beside = comparisons.map(({ role }) => !NAMES2.includes(role));
  const ratios = comparisons.map(
    (_, i) => mixture.matches.shares[i].map(
      (share, level) => Math.log2(share / mixture.random.shares[i]?.[level])
    )
  );
  const decides = [
    comparisons.map(({ role }) => MOVING.includes(role)),
    comparisons.map(() => true),
    ...mixture.reasons.map(({ freedom }) => freedom.map((each) => each !== "free"))
  ];
  const classes = decides.length + 1;
  const parts = new Float64Array(classes);
  const bitsFrom = (base, at, levels, from, record) => {
    for (let k = 0; k < classes; k++) parts[k] = base[at + k];
    let evidence = 0;
    for (let i = 0; i < width; i++) {
      const level = levels[from + i];
      if (level < 0) continue;
      if (beside[i]) evidence += Math.max(0, ratios[i]?.[level]);
      if (level !== exact[i]) continue;
      const more = rare[i](record);
      for (let k = 1; k < classes; k++) if (decides[k - 1]?.[i]) parts[k] = parts[k] + more;
    }
    const bits = (logSum(parts, 0, 2) - logSum(parts, 2, classes)) / Math.LN2;
    return evidence < LEAST_BESIDE_NAMES ? Math.min(bits, -1) : bits;
  };
  const own = new Int8Array(width);
  return {
    bitsOf(one, other2) {
      for (let i = 0; i < width; i++) own[i] = comparisons[i].levelOf(one, other2);
      return bitsFrom(logs(own, 0), 0, own, 0, one);
    },
    linksAmong({ left, right, numbers, levels }) {
      const patterns = width === 0 ? 0 : levels.length / width;
      const base = new Float64Array(patterns * classes);
      const hopeless = new Uint8Array(patterns);
      for (let pattern = 0; pattern < patterns; pattern++) {
        base.set(logs(levels, pattern * width), pattern * classes);
        let agreed = 0;
        for (let i = 0; i < width; i++) if (levels[pattern * width + i] === exact[i]) agreed++;
        const at = pattern * classes;
        const usual = logSum(base, at, at + 2) - logSum(base, at + 2, at + classes);
        if (usual + agreed * MOST_RARE <= 0) hopeless[pattern] = 1;
      }
      const found = [];
      const bits = [];
      for (let pair = 0; pair < left.length; pair++) {
        const pattern = numbers[pair];
        if (hopeless[pattern] === 1) continue;
        const score = bitsFrom(base, pattern * classes, levels, pattern * width, left[pair]);
        if (score <= 0) continue;
        found.push(pair);
        bits.push(score);
      }
      return {
        left: Int32Array.from(found, (pair) => left[pair]),
        right: Int32Array.from(found, (pair) => right[pair]),
        bits: Float64Array.from(bits)
      };
    }
  };
}
var OWN = { usual: 2, strong: 8 };
function rarityOf({ field, role }, usual) {
  if (role === "text") return () => 0;
  const strong = STRONG.includes(role);
  const counts = countsOfField(field);
  const filled = counts.reduce((sum, count) => sum + count, 0);
  const least = strong ? 0 : -MOST_RARE;
  const own = strong ? OWN.strong : OWN.usual;
  const logs = Float64Array.from(
    counts,
    (count) => Math.max(least, Math.log(Math.max(0, count - own) / filled / usual))
  );
  return (record) => logs[field.codes[record]];
}
function logSum(values, from, to) {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) most = Math.max(most, values[k]);
  let sum = 0;
  for (let k = from; k < to; k++) sum += Math.exp(values[k] - most);
  return most + Math.log(sum);
}

// src/commands/dedupe/match.ts
function match(rows2, fields2, perRecord, now = () => 0) {
  const stages = {};
  let last = now();
  const lap = (name2) => {
    stages[name2] = now() - last;
    last = now();
  };
  const records = recordsOf(rows2, fields2);
  lap("records");
  const proposed = proposePairs(
    records.count,
    keysOf(records.fields),
    budgetFor(records.count, perRecord)
  );
  lap("propose");
  const comparisons = comparisonsOf(records.fields);
  const radix = radixOf(comparisons.map(({ levels: levels2 }) => levels2.length - 1));
  lap("ladders");
  const table = patternTable();
  const numbers = table.numbersOf(patternsOf(comparisons, radix, proposed));
  lap("compare");
  const drawn = notProposed(randomPairs(records.count), proposed);
  const pairs = records.count * (records.count - 1) / 2;
  const weight3 = drawn.left.length === 0 ? 1 : (pairs - proposed.left.length) / drawn.left.length;
  const others = table.numbersOf(patternsOf(comparisons, radix, drawn));
  lap("random");
  const distinct = table.distinct();
  const levels = levelMatrix(distinct, radix);
  const mixture = fitMixture({
    records: records.count,
    columns: comparisons.map((comparison) => ({
      exact: comparison.levels.length - 1,
      chance: chanceOf(comparison.field),
      typical: comparison.typical
    })),
    ...reasonsOf(comparisons),
    moving: comparisons.flatMap(({ role }, i) => MOVING.includes(role) ? [i] : []),
    levels,
    proposed: countsOf(numbers, distinct.length),
    others: countsOf(others, distinct.length).map((count) => count * weight3),
    weight: weight3
  });
  lap("fit");
  const scorer = scorerOf(comparisons, mixture);
  const links = scorer.linksAmong({ ...proposed, numbers, levels });
  lap("score");
  const { clusters, inside } = clustersOf(records.count, links, scorer);
  lap("group");
  return {
    records,
    comparisons,
    mixture,
    scorer,
    proposed,
    clusters,
    edges: links.left.length,
    inside,
    stages
  };
}
function levelMatrix(distinct, radix) {
  const width = radix.sizes.length;
  const levels = new Int8Array(distinct.length * width);
  distinct.forEach((pattern, i) => {
    levels.set(levelsOf(radix, pattern), i * width);
  });
  return levels;
}
function patternsOf(comparisons, { strides }, { left, right }) {
  const patterns = new Float64Array(left.length);
  comparisons.forEach(({ levelOf }, i) => {
    const stride = strides[i];
    for (let pair = 0; pair < left.length; pair++) {
      patterns[pair] = patterns[pair] + stride * (levelOf(left[pair], right[pair]) + 1);
    }
  });
  return patterns;
}
function chanceOf(field) {
  const counts = countsOfField(field);
  let [filled, pairs] = [0, 0];
  for (const count of counts) {
    filled += count;
    pairs += count * (count - 1);
  }
  return filled < 2 ? 0 : pairs / (filled * (filled - 1));
}
var ALL_UP_TO = 800;
var DRAWN = { few: 4e5, many: 15e5, manyFrom: 2e5 };
function randomPairs(records) {
  const wanted = records > DRAWN.manyFrom ? DRAWN.many : DRAWN.few;
  const all = records * (records - 1) / 2;
  const shifts = records <= ALL_UP_TO ? Math.floor(records / 2) : Math.ceil(wanted / records);
  const most = Math.min(all, records <= ALL_UP_TO ? all : wanted);
  const left = new Int32Array(most);
  const right = new Int32Array(most);
  const golden = (Math.sqrt(5) - 1) / 2;
  const half = Math.floor((records - 1) / 2);
  const used = /* @__PURE__ */ new Set();
  let size = 0;
  for (let i = 1; used.size < shifts && size < most; i++) {
    const shift = records <= ALL_UP_TO ? i : 1 + Math.floor(i * golden % 1 * half);
    if (used.has(shift)) continue;
    used.add(shift);
    for (let record = 0; record < records && size < most; record++) {
      const other2 = (record + shift) % records;
      if (2 * shift === records && other2 < record) continue;
      left[size] = Math.min(record, other2);
      right[size++] = Math.max(record, other2);
    }
  }
  return { left: left.subarray(0, size), right: right.subarray(0, size) };
}
function notProposed(drawn, { left, right }) {
  const kept = [];
  for (let i = 0; i < drawn.left.length; i++) {
    const [one, other2] = [drawn.left[i], drawn.right[i]];
    let [from, to] = [0, left.length];
    while (from < to) {
      const middle = from + to >> 1;
      const isLess = left[middle] < one || left[middle] === one && right[middle] < other2;
      if (isLess) from = middle + 1;
      else to = middle;
    }
    if (left[from] !== one || right[from] !== other2) kept.push(i);
  }
  const pick = (list) => Int32Array.from(kept, (i) => list[i]);
  return { left: pick(drawn.left), right: pick(drawn.right) };
}
function clustersOf(records, links, scorer) {
  const union = unionOf(records);
  let inside = 0;
  for (const members of smallComponents(records, links)) {
    const size = members.length;
    inside += size * (size - 1) / 2;
    if (size === 2) {
      union.join(members[0], members[1]);
      continue;
    }
    const bits = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const score = scorer.bitsOf(members[j], members[i]);
        bits[i * size + j] = score;
        bits[j * size + i] = score;
      }
    }
    const groups2 = averageLinked(size, bits);
    const heads = /* @__PURE__ */ new Map();
    groups2.forEach((group, i) => {
      const head = heads.get(group);
      if (head === void 0) heads.set(group, members[i]);
      else union.join(head, members[i]);
    });
  }
  return { clusters: Int32Array.from({ length: records }, (_, record) => union.rootOf(record)), inside };
}

// ../../tmp/try/run.ts
var [file, verbose] = process.argv.slice(2);
var cpu = () => process.cpuUsage().user / 1e3;
var t0 = cpu();
var { data } = import_papaparse.default.parse(readFileSync(file, "utf8").trimEnd());
var [header, ...rows] = data;
var tc = header.indexOf("true_cluster");
console.log("parsed", cpu() - t0);
var made0 = [];
for (const [i, h] of header.entries()) made0.push(await (async () => {
  if (i === tc) return [];
  const words5 = [];
  const map = /* @__PURE__ */ new Map();
  const codes2 = Int32Array.from(rows, (r) => {
    const w = r[i] ?? "";
    if (w === "") return -1;
    let k = map.get(w);
    if (k === void 0) {
      k = words5.length;
      map.set(w, k);
      words5.push(w);
    }
    return k;
  });
  const column = columnOf(h, codes2, words5);
  const t1 = cpu();
  const role = roleOf(column);
  const t2 = cpu();
  const made = role === "skip" ? [] : await fieldsOf(column, role);
  console.log(h, "role", (t2 - t1).toFixed(0), "fields", (cpu() - t2).toFixed(0));
  console.log(h, role, column.distinct, column.filled);
  return made;
})());
var fields = made0.flat();
console.log("prepare", cpu() - t0);
var m = match(rows.length, fields, 8, () => process.cpuUsage().user / 1e3);
console.log(m.stages, "records", m.records.count, "pairs", m.proposed.left.length, "edges", m.edges, "inside", m.inside, "rounds", m.mixture.rounds, m.mixture.converged);
var pred = Int32Array.from(rows, (_, i) => m.clusters[m.records.ofRow[i]]);
if (tc >= 0) {
  const truth = rows.map((r) => r[tc]);
  const cnt = (keys) => {
    const map = /* @__PURE__ */ new Map();
    for (const k of keys) map.set(k, (map.get(k) ?? 0) + 1);
    let s = 0;
    for (const v of map.values()) s += v * (v - 1) / 2;
    return s;
  };
  const tp = cnt(truth.map((t2, i) => t2 + "|" + pred[i])), p = cnt([...pred]), t = cnt(truth);
  console.log("TP", tp, "pred", p, "true", t, "P", (tp / p).toFixed(4), "R", (tp / t).toFixed(4), "F1", (2 * tp / (p + t)).toFixed(4));
  const recT = /* @__PURE__ */ new Map();
  let hit = 0;
  const f = m.records.first;
  for (let i = 0; i < m.proposed.left.length; i++) if (truth[f[m.proposed.left[i]]] === truth[f[m.proposed.right[i]]]) hit++;
  console.log("proposed true record pairs", hit);
  if (verbose) {
    let n = 0;
    const show = (i, j) => console.log(m.scorer.bitsOf(Math.min(m.records.ofRow[i], m.records.ofRow[j]), Math.max(m.records.ofRow[i], m.records.ofRow[j])).toFixed(1), "\n   ", rows[i].join("|"), "\n   ", rows[j].join("|"));
    const by = /* @__PURE__ */ new Map();
    rows.forEach((_, i) => {
      const k = verbose === "false" ? String(pred[i]) : truth[i];
      (by.get(k) ?? by.set(k, []).get(k)).push(i);
    });
    for (const g of by.values()) for (const i of g) for (const j of g) if (i < j && (verbose === "false" ? truth[i] !== truth[j] : pred[i] !== pred[j]) && n++ < 25) show(i, j);
  }
}
if (process.env.MODEL) {
  m.comparisons.forEach((c, i) => console.log(c.field.header, c.levels.map((l, k) => `${l}: ${Math.log2(m.mixture.matches.shares[i][k] / m.mixture.random.shares[i][k]).toFixed(1)}`).join(", ")));
  console.log("prior", m.mixture.matches.prior, m.mixture.reasons.map((r) => `${r.name} ${r.prior.toExponential(2)}`));
  console.log(m.proposed.keys.map((k) => `${k.name} ${k.pairs} <=${k.largest} skip ${k.skipped}`).join("\n"));
}
console.log("total", cpu() - t0, "rss", process.memoryUsage().rss / 1e6);
if (tc >= 0 && process.env.CURVE) {
  const truth = rows.map((r) => r[tc]);
  const f = m.records.first;
  const cnt = /* @__PURE__ */ new Map();
  for (const i of f) cnt.set(truth[i], (cnt.get(truth[i]) ?? 0) + 1);
  let all = 0;
  for (const v of cnt.values()) all += v * (v - 1) / 2;
  const hist = /* @__PURE__ */ new Map();
  for (let i = 0; i < m.proposed.left.length; i++) {
    const l = m.proposed.left[i], r = m.proposed.right[i];
    const b = Math.floor(Math.max(-12, Math.min(20, m.scorer.bitsOf(l, r))));
    const h = hist.get(b) ?? hist.set(b, [0, 0]).get(b);
    h[truth[f[l]] === truth[f[r]] ? 0 : 1]++;
  }
  let [tp, fp] = [0, 0];
  for (let b = 20; b >= -12; b--) {
    const h = hist.get(b) ?? [0, 0];
    tp += h[0];
    fp += h[1];
    console.log(">=", b, "true", h[0], "false", h[1], "P", (tp / (tp + fp)).toFixed(4), "R", (tp / all).toFixed(4), "F1", (2 * tp / (tp + fp + all)).toFixed(4));
  }
}
/*! Bundled license information:

papaparse/papaparse.js:
  (* @license
  Papa Parse
  v5.7.1
  https://github.com/mholt/PapaParse
  License: MIT
  *)
*/
