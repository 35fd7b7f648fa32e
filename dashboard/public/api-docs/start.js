// A file, because the content security policy forbids inline scripts.
window.SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true });
