#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/csv/metrics_row.hpp"

namespace keepwell {

/// An account of the file, with the newest attributes that the file has said of it so far.
struct ImportedAccount {
    AccountAttributes attributes;
    CustomerId id;                ///< Known once it has been written.
    bool must_be_written = true;  ///< New to this import, or its attributes have changed since.
    bool is_queued = false;       ///< In the chunk that is being gathered.
};

/// The accounts that an import has met, so that each is resolved once and not per row. Bounded: when it is
/// full it starts anew, which costs a look-up more and changes no result.
class ImportedAccounts {
public:
    /// The account of the row; takes the row's attributes over where it is not older than what is known.
    ImportedAccount& note(const ParsedMetricsRow& row, std::map<std::string, std::string> custom);
    /// Time to end the chunk and to forget.
    bool is_full() const;
    /// To be called between chunks: pointers into it end here.
    void forget_if_full();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, ImportedAccount, Hash, std::equal_to<>> accounts_;
    std::size_t custom_bytes_ = 0;  ///< What the custom attributes take, replaced ones included.
};

/// Rows of a file that are written in one transaction.
class ImportChunk {
public:
    void add(ImportedAccount& account, const ParsedMetricsRow& row);
    void add_errors(const std::vector<RowError>& errors);

    std::size_t rows() const { return rows_.size(); }
    std::size_t size() const { return rows_.size() + errors_.size(); }
    const std::vector<ImportError>& errors() const { return errors_; }

    struct Written {
        std::vector<CustomerRepository::Upserted> accounts;
        std::vector<std::string_view> names;  ///< Of `accounts`; valid until forget_if_full().
        std::int64_t metrics_created = 0;
        std::int64_t metrics_updated = 0;
    };
    /// Scores the rows and writes them with accounts and marks; may be run again. Call keep() once the
    /// transaction is through.
    Written write(Repositories& in, const AccountScoring& scoring, Timestamp now);
    /// Takes the ids of the written accounts over and empties the chunk.
    void keep(const Written& written);

private:
    struct Row {
        ImportedAccount* account;
        DailyMetrics metrics;
    };
    void keep_last_of_each_day();

    std::vector<Row> rows_;
    std::vector<ImportedAccount*> unwritten_;  ///< In the order of the file, in which they get their ids.
    std::vector<ImportError> errors_;
};

}  // namespace keepwell
