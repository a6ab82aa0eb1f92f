using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Labels;
using Tributary.Core.Leads;
using Tributary.Core.Notes;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;

namespace Tributary.Server.Seeding;

/// <summary>The engine's verbs, for the programs that fill a database through them.</summary>
internal sealed class Verbs(Db db, FillRandom random)
{
    public Db Db => db;
    public WorkspaceService Workspaces { get; } = new(db);
    public UserService Users { get; } = new(db);
    public KeyService Keys { get; } = new(db, random);
    public AppService Apps { get; } = new(db, random, new(db, random));
    public CurrencyService Currencies { get; } = new(db);
    public PipelineService Pipelines { get; } = new(db);
    public LabelService Labels { get; } = new(db);
    public TagService Tags { get; } = new(db);
    public LostReasonService LostReasons { get; } = new(db);
    public FieldService Fields { get; } = new(db);
    public OrganizationService Organizations { get; } = new(db);
    public PersonService Persons { get; } = new(db);
    public ProductService Products { get; } = new(db);
    public DealProductService DealProducts { get; } = new(db);
    public GroupService Groups { get; } = new(db);
    public DealService Deals { get; } = new(db);
    public ActivityService Activities { get; } = new(db);
    public ActivityTypeService ActivityTypes { get; } = new(db);
    public NoteService Notes { get; } = new(db);
    public LeadService Leads { get; } = new(db);
    public FollowerService Followers { get; } = new(db);

    /// <summary>A user of a workspace as the one who acts, as if signed in to the web app.</summary>
    public static Caller As(User user, long workspace, string dialect = "web") =>
        new() { Workspace = workspace, UserId = user.Id, Role = user.Role, GroupId = user.GroupId, Scopes = ["*"], Dialect = dialect };
}
