using Microsoft.Net.Http.Headers;
using Tributary.Core.Import;
using Tributary.Core.Webhooks;
using Tributary.Server.Api.Jobs;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Imports;

internal static class ImportRoutes
{
    /// <summary>Room for what an upload says beside its bytes.</summary>
    private const long Envelope = 1024 * 1024;

    private const string Form = "multipart/form-data: the members first, as text, and then the part \"file\" with the bytes.";

    private static readonly Member<Guid> Uid = Members.Uid("uid", "The import.").InPath();

    private static readonly Member<string> Source = Members.Word("source", "The system.", ("pipedrive", "pipedrive"));
    private static readonly Member<string> Url = Members.Text("url", "Its address, such as https://company.pipedrive.com.", 2000);
    private static readonly Member<string> Token =
        Members.Text("token", "The API token of one of its users, whose records are seen. Forgotten when the import has ended.", 500);
    private static readonly Member<bool> CreateUsers =
        Members.Flag("create_users",
            "Make users, without a password, for addresses that nobody here has; else their records become those of whoever imports.");
    private static readonly Shape Account = new("ImportAccount", Source.Required(), Url.Required(), Token.Required(), CreateUsers);

    public static IReadOnlyList<Operation> All(long maxBytes) =>
    [
        new("POST", "/imports", "startImport", Start)
        {
            Tag = "Imports", Summary = "Import a CSV file or a sheet of an Excel workbook in the background", Description = Form,
            Body = ImportBody.Upload, BodyType = "multipart/form-data", BodyLimit = maxBytes + Envelope, Status = 202,
            Answer = ImportWire.Import,
        },
        new("POST", "/imports/accounts", "importAccount", StartAccount)
        {
            Tag = "Imports", Summary = "Import all that another system's account holds, through its API, in the background", Body = Account,
            Status = 202, Answer = ImportWire.Import,
            Description =
                "For admins. Users, labels, custom fields, pipelines, organizations, persons, products, deals with their products, activities and notes; again and again, what is there already is found by its id and changed only where it differs (docs/import.md).",
        },
        new("POST", "/imports/preview", "previewImport", Preview)
        {
            Tag = "Imports", Summary = "See what a CSV file or a sheet of an Excel workbook would be imported as; nothing is stored",
            Description = Form,
            Body = ImportBody.Upload, BodyType = "multipart/form-data", BodyLimit = maxBytes + Envelope, Answer = ImportWire.Preview,
        },
        new("GET", "/imports/{uid}", "getImport", Get)
        {
            Tag = "Imports", Summary = "See how an import stands", Parameters = [Uid], Answer = ImportWire.Import,
        },
        new("GET", "/imports/{uid}/rejects", "downloadImportRejects", Rejects)
        {
            Tag = "Imports", Summary = "Download the rows that could not be imported, with line and reason", Parameters = [Uid],
            AnswerType = "text/csv",
        },
        new("POST", "/imports/{uid}/undo", "undoImport", Undo)
        {
            Tag = "Imports", Summary = "Delete what an import created, in the background; it can be restored for 30 days",
            Parameters = [Uid], Status = 202, Answer = JobRoutes.Wire,
            Description =
                "What the import changed stays changed; users, pipelines, stages and custom fields stay. The other system's ids are forgotten, so that the file can be imported again.",
        },
    ];

    private static async Task<Reply> StartAccount(Call call)
    {
        call.Caller.MustAdminister("imports");
        var (order, token) =
            await call.Read(
                body => (new CopyOrder
                {
                    Source = body.Get(Source).Or(""),
                    Url = body.Get(Url).Or(""),
                    CreateUsers = body.Get(CreateUsers).Or(false)
                }, body.Get(Token).Or("")));
        var import = await call.Service<ImportService>().Start(call.Caller, order, token, call.Service<WebhookPolicy>(), call.Ct);
        return Reply.Json(ImportWire.Import, import, status: 202)
            .With(HeaderNames.Location, $"{NativeDialect.Root}/imports/{import.Job.Uid}");
    }

    private static async Task<Reply> Start(Call call)
    {
        var (request, content) = await ImportBody.Read(call);
        var import = await call.Service<ImportService>().Start(call.Caller, request, content, call.Ct);
        return Reply.Json(ImportWire.Import, import, status: 202)
            .With(HeaderNames.Location, $"{NativeDialect.Root}/imports/{import.Job.Uid}");
    }

    private static async Task<Reply> Preview(Call call)
    {
        var (request, content) = await ImportBody.Read(call);
        return Reply.Json(ImportWire.Preview, await call.Service<ImportService>().Preview(call.Caller, request, content, call.Ct));
    }

    private static async Task<Reply> Get(Call call) =>
        Reply.Json(ImportWire.Import, await call.Service<ImportService>().Get(call.Caller, call.Path(Uid, "import"), call.Ct));

    private static async Task<Reply> Undo(Call call)
    {
        var job = await call.Service<ImportService>().Undo(call.Caller, call.Path(Uid, "import"), call.Ct);
        return Reply.Json(JobRoutes.Wire, job, status: 202).With(HeaderNames.Location, $"{NativeDialect.Root}/jobs/{job.Uid}");
    }

    private static async Task<Reply> Rejects(Call call)
    {
        var rejects = await call.Service<ImportService>().Rejects(call.Caller, call.Path(Uid, "import"), call.Ct);
        return Reply.Sent(async http =>
        {
            await using var content = rejects;
            http.Response.ContentType = "text/csv; charset=utf-8";
            await content.CopyToAsync(http.Response.Body, http.RequestAborted);
        })
            .With(HeaderNames.ContentDisposition, "attachment; filename=\"rejects.csv\"")
            .With(HeaderNames.XContentTypeOptions, "nosniff");
    }
}
