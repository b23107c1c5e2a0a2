// Shows the REST document. A token is kept in this page alone and is gone with it.
"use strict";
window.SwaggerUIBundle({
  url: "/openapi/dolbom.yml",
  dom_id: "#openapi",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
});
