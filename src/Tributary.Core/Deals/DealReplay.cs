using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>
/// A deal as it once stood, from what it is now and the log: the lines after that moment are undone, newest first, by
/// putting each old value back. The mirror of <see cref="DealHistory"/>; a test holds the two together. Pure.
/// </summary>
internal static class DealReplay
{
    private static readonly Dictionary<string, Func<Deal, JsonElement?, Deal>> Setters = new()
    {
        ["title"] = (d, v) => d with { Title = Read<string>(v)! },
        ["value"] = (d, v) => d with { Value = Read<decimal?>(v) },
        ["currency"] = (d, v) => d with { Currency = Read<string>(v)! },
        ["pipeline_id"] = (d, v) => d with { PipelineId = Read<long>(v) },
        ["stage_id"] = (d, v) => d with { StageId = Read<long>(v) },
        ["status"] = (d, v) => d with { Status = Read<DealStatus>(v) },
        ["probability"] = (d, v) => d with { Probability = Read<decimal?>(v) },
        ["priority"] = (d, v) => d with { Priority = Read<DealPriority>(v) },
        ["position"] = (d, v) => d with { Position = Read<decimal>(v) },
        ["owner_id"] = (d, v) => d with { OwnerId = Read<long?>(v) },
        ["assignee_id"] = (d, v) => d with { AssigneeId = Read<long?>(v) },
        ["creator_id"] = (d, v) => d with { CreatorId = Read<long?>(v) },
        ["person_id"] = (d, v) => d with { PersonId = Read<long?>(v) },
        ["org_id"] = (d, v) => d with { OrgId = Read<long?>(v) },
        ["expected_close"] = (d, v) => d with { ExpectedClose = Read<DateOnly?>(v) },
        ["next_followup_at"] = (d, v) => d with { NextFollowupAt = Instant(v) },
        ["added_at"] = (d, v) => d with { AddedAt = Instant(v) ?? d.AddedAt },
        ["won_at"] = (d, v) => d with { WonAt = Instant(v) },
        ["lost_at"] = (d, v) => d with { LostAt = Instant(v) },
        ["closed_at"] = (d, v) => d with { ClosedAt = Instant(v) },
        ["first_won_at"] = (d, v) => d with { FirstWonAt = Instant(v) },
        ["stage_changed_at"] = (d, v) => d with { StageChangedAt = Instant(v) },
        ["won_reason"] = (d, v) => d with { WonReason = Read<string>(v) },
        ["lost_reason"] = (d, v) => d with { LostReason = Read<string>(v) },
        ["loss_category"] = (d, v) => d with { LossCategory = Read<string>(v) },
        ["closure_notes"] = (d, v) => d with { ClosureNotes = Read<string>(v) },
        ["competitors"] = (d, v) => d with { Competitors = Read<Seq<string>>(v) ?? [] },
        ["source"] = (d, v) => d with { Source = Read<string>(v) },
        ["deal_type"] = (d, v) => d with { DealType = Read<string>(v) },
        ["forecast_category"] = (d, v) => d with { ForecastCategory = Read<string>(v) },
        ["description"] = (d, v) => d with { Description = Read<string>(v) },
        ["label_ids"] = (d, v) => d with { LabelIds = Read<Seq<long>>(v) ?? [] },
        ["tag_ids"] = (d, v) => d with { TagIds = Read<Seq<long>>(v) ?? [] },
        ["visible_to"] = (d, v) => d with { VisibleTo = Read<int>(v) },
        ["rfp_id"] = (d, v) => d with { RfpId = Read<string>(v) },
        ["links"] = (d, v) => d with { Links = Read<DealLinks>(v) ?? DealLinks.None },
        ["channel"] = (d, v) => d with { Channel = Read<long?>(v) },
        ["channel_id"] = (d, v) => d with { ChannelId = Read<string>(v) },
        ["number"] = (d, v) => d with { Number = Read<string>(v)! },
        ["mrr"] = (d, v) => d with { Mrr = Read<decimal?>(v) },
        ["arr"] = (d, v) => d with { Arr = Read<decimal?>(v) },
        ["acv"] = (d, v) => d with { Acv = Read<decimal?>(v) },
        ["archived_at"] = (d, v) => d with { ArchivedAt = Instant(v) },
        ["deleted_at"] = (d, v) => d with { DeletedAt = Instant(v) },
        ["deleted_by"] = (d, v) => d with { DeletedBy = Read<long?>(v) },
    };

    /// <summary>
    /// The deal before a line of its log was written. Counts of people are undone too; those of other things stay as they are.
    /// </summary>
    public static Deal Undo(Deal deal, LogEvent line)
    {
        foreach (var change in line.Changes) deal = Undo(deal, change);
        return ChangesDeal(line) ? deal with { Version = deal.Version - 1 } : deal;
    }

    /// <summary>
    /// The deal at some moments, latest first, from its lines after the earliest of them, newest first; none where it was not there yet.
    /// </summary>
    public static Deal?[] At(Deal deal, IEnumerable<LogEvent> lines, params ReadOnlySpan<DateTimeOffset> latestFirst)
    {
        var states = new Deal?[latestFirst.Length];
        using var line = lines.GetEnumerator();
        var hasLine = line.MoveNext();
        for (var i = 0; i < states.Length; i++)
        {
            // An imported deal was there before the line that says so.
            for (; hasLine && line.Current.At > latestFirst[i] && line.Current.Action != "created"; hasLine = line.MoveNext())
            {
                deal = Undo(deal, line.Current);
            }
            states[i] = deal.AddedAt <= latestFirst[i] ? deal : null;
        }
        return states;
    }

    /// <summary>Puts the stamps of the newest line that is left on a deal that was undone so far.</summary>
    public static Deal Signed(Deal deal, LogEvent newest) => newest.Action == "created"
        ? deal with { UpdatedAt = deal.AddedAt, UpdatedBy = null, TouchedAt = deal.AddedAt }
        : deal with { UpdatedAt = newest.At, UpdatedBy = newest.ActorId, TouchedAt = newest.At };

    /// <summary>Whether a line tells of the deal itself, which raised its version, or only of people around it.</summary>
    public static bool ChangesDeal(LogEvent line) => line.Changes.Any(change => !DealHistory.IsPeople(change.Field));

    private static Deal Undo(Deal deal, Change change)
    {
        if (Setters.TryGetValue(change.Field, out var set)) return set(deal, change.Old);
        var back = change.New is null ? 1 : -1;
        return change.Field switch
        {
            "follower" => deal with { FollowersCount = deal.FollowersCount + back },
            "participant" => deal with { ParticipantsCount = deal.ParticipantsCount + back },
            _ when change.Field.StartsWith("custom.", StringComparison.Ordinal) =>
                deal with { Custom = deal.Custom.With([new(change.Field["custom.".Length..], change.Old ?? default)]) },
            _ => deal,
        };
    }

    private static T? Read<T>(JsonElement? value) => value is { } json ? json.Deserialize<T>(Documents.Options) : default;

    private static DateTimeOffset? Instant(JsonElement? value) => value is { } json ? Spelling.ParseInstant(json.GetString()) : null;
}
