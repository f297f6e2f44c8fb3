// What pages gain with scripts: lists that change without a reload, and forms that keep
// what was typed. Everything works without it.
import "htmx.org";
import "./centre.js";
import "./kept.js";
import "./fields.js";
import "./signing.js";
